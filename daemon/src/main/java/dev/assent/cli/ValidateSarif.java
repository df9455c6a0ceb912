package dev.assent.cli;

import dev.assent.manifest.Code;
import dev.assent.manifest.Explanation;
import dev.assent.manifest.Mended;
import dev.assent.manifest.Problem;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Problems as SARIF 2.1.0, which code hosts and editors show beside the lines.
final class ValidateSarif implements ValidateReport {

    private static final String SCHEMA =
            "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json";
    private static final String FOLDER = "%SRCROOT%";

    private final PrintWriter out;
    private final JsonGenerator json;
    private final Map<Code, Integer> rules = new LinkedHashMap<>();

    ValidateSarif(PrintWriter out) {
        this.out = out;
        json = ValidateJson.generator(out);
        json.writeStartObject();
        json.writeStringProperty("$schema", SCHEMA);
        json.writeStringProperty("version", "2.1.0");
        json.writeArrayPropertyStart("runs");
        json.writeStartObject();
        json.writeStringProperty("columnKind", "unicodeCodePoints");
        json.writeName("originalUriBaseIds");
        json.writeTree(folder());
        json.writeArrayPropertyStart("results");
    }

    @Override
    public void add(CheckedFile file) {
        var prints = new SarifFingerprints(file.path());
        file.problems().forEach(it -> json.writeTree(result(it, file, prints)));
    }

    /// The rules come last, since only now it is known which were broken.
    @Override
    public void end() {
        json.writeEndArray();
        json.writeName("tool");
        json.writeTree(tool());
        json.close();
        out.println();
    }

    /// Where that folder lies on this machine is nobody's business.
    private static ObjectNode folder() {
        var folders = object();
        folders.putObject(FOLDER)
                .putObject("description")
                .put("text", "The folder that the command was run in.");
        return folders;
    }

    private ObjectNode tool() {
        var tool = object();
        var driver = tool.putObject("driver").put("name", "assent");
        Cli.versionOfJar().ifPresent(it -> driver.put("version", it));
        var list = driver.putArray("rules");
        rules.keySet().forEach(it -> rule(it, list.addObject()));
        return tool;
    }

    private static void rule(Code code, ObjectNode rule) {
        rule.put("id", code.id()).put("name", code.name());
        rule.putObject("shortDescription").put("text", code.title());
        rule.putObject("fullDescription").put("text", Explanation.why(code));
        rule.putObject("defaultConfiguration").put("level", CheckedFile.level(code.severity()));
        rule.putObject("help")
                .put("text", "assent explain " + code.id())
                .put("markdown", Explanation.of(code));
    }

    private ObjectNode result(Problem problem, CheckedFile file, SarifFingerprints prints) {
        var place = problem.place();
        var result = object().put("ruleId", problem.code().id());
        result.put("ruleIndex", rules.computeIfAbsent(problem.code(), _ -> rules.size()));
        result.put("level", file.level(problem));
        result.putObject("message").put("text", CheckedFile.sentence(problem));
        var location = result.putArray("locations").addObject().putObject("physicalLocation");
        artifact(file, location.putObject("artifactLocation"));
        location.putObject("region")
                .put("startLine", place.line())
                .put("startColumn", place.column())
                .put("endLine", place.endLine())
                .put("endColumn", place.endColumn());
        result.putObject("partialFingerprints").put("assentProblem/v1", prints.of(problem));
        if (!problem.mend().isEmpty())
            fix(problem.mend(), file, result.putArray("fixes").addObject());
        return result;
    }

    private static void artifact(CheckedFile file, ObjectNode artifact) {
        var uri = SarifUri.of(file.path());
        artifact.put("uri", uri.text());
        if (uri.relative()) artifact.put("uriBaseId", FOLDER);
    }

    /// Whole lines, from the first character to the last, in place of whole lines.
    private static void fix(Mended mend, CheckedFile file, ObjectNode fix) {
        fix.putObject("description").put("text", "The lines as they were probably meant.");
        var change = fix.putArray("artifactChanges").addObject();
        artifact(file, change.putObject("artifactLocation"));
        var replacement = change.putArray("replacements").addObject();
        replacement
                .putObject("deletedRegion")
                .put("startLine", mend.firstLine())
                .put("endLine", mend.lastLine());
        replacement.putObject("insertedContent").put("text", String.join("\n", mend.lines()));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
