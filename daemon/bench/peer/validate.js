// Checks manifests as a Node program would: reads each file, parses it with `yaml`, checks it with `ajv` against the
// same schema, compiled once. It tells less than Assent (no places, no checks beyond the schema), which is in its favour.
//
//   node validate.js SCHEMA PATH      PATH is a manifest, or a folder of them
import {readdirSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import {parse} from 'yaml';

const [schema, path] = process.argv.slice(2);
if (!path) {
  console.error('usage: node validate.js SCHEMA PATH');
  process.exit(2);
}

// Not strict: the schema's own annotations are unknown to ajv.
const check = new Ajv({allErrors: true, strict: false}).compile(JSON.parse(readFileSync(schema, 'utf8')));

let invalid = 0;
const files = statSync(path).isDirectory() ? below(path) : [path];
for (const file of files) {
  const errors = errorsOf(file);
  if (errors.length > 0) invalid++;
  for (const error of errors) console.log(`${file}: ${error}`);
}
console.log(`${files.length} manifests: ${files.length - invalid} valid, ${invalid} not valid.`);
process.exitCode = invalid > 0 || files.length === 0 ? 1 : 0;

function errorsOf(file) {
  try {
    const manifest = parse(readFileSync(file, 'utf8'), {merge: true});
    return check(manifest) ? [] : check.errors.map(it => `${it.instancePath} ${it.message}`);
  } catch (error) {
    return [error.message];
  }
}

function below(folder) {
  return readdirSync(folder, {withFileTypes: true}).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return below(path);
    return /manifest.*\.ya?ml$/.test(entry.name) ? [path] : [];
  });
}
