package dev.assent.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

class ValidateCommandTest {

    private static final String GOOD = "redis: {configuration: {version: '7.2'}}\n";
    private static final String WARNING = "postgres: {configuration: {version: '17'}}\n";
    private static final String BAD = "redis: {configuration: {version: newest}}\n";

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeManifests() throws IOException {
        write("shop/.cloud66/manifest.yml", GOOD);
        write("blog/manifest.yaml", WARNING);
        write("shop/config.yml", "not: a manifest: at all");
        write(".git/manifest.yml", BAD);
    }

    @Test
    void valid_manifests_are_fine() {
        assertThat(validate(folder.toString())).isZero();
        assertThat(out.toString())
                .contains("blog/manifest.yaml:1:1  ASN1212")
                .endsWith("2 manifests valid: 0 errors, 1 warning.\n");
    }

    @Test
    void an_invalid_manifest_is_a_no_and_the_others_are_still_checked() throws IOException {
        write("wiki/manifest.yml", BAD);

        assertThat(validate(folder.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains("ASN1301", "ASN1212")
                .endsWith("1 of 3 manifests not valid: 1 error, 1 warning.\n");
    }

    @Test
    void strict_takes_warnings_for_errors() {
        assertThat(validate("--strict", folder.toString())).isEqualTo(1);
    }

    @Test
    void a_dash_is_standard_input() {
        assertThat(run(BAD, "--format", "json", "-")).isEqualTo(1);

        var file = JsonMapper.shared().readTree(out.toString()).path("files").path(0);
        assertThat(file.path("path").stringValue()).isEqualTo("<stdin>");
        assertThat(file.path("valid").booleanValue()).isFalse();
        var problem = file.path("problems").path(0);
        assertThat(problem.path("code").stringValue()).isEqualTo("ASN1301");
        assertThat(problem.path("severity").stringValue()).isEqualTo("error");
        assertThat(problem.path("line").intValue()).isEqualTo(1);
        assertThat(problem.path("column").intValue()).isEqualTo(34);
        assertThat(problem.path("endColumn").intValue()).isEqualTo(40);
        assertThat(problem.path("pointer").stringValue()).isEqualTo("/redis/configuration/version");
        assertThat(problem.path("suggestion").isString()).isTrue();
    }

    @Test
    void what_cannot_be_read_is_told_apart_from_what_is_invalid() {
        assertThat(validate(folder.resolve("nowhere").toString(), folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("there is no file or folder");
        assertThat(out.toString()).contains("2 manifests valid");
    }

    @Test
    void a_folder_without_manifests_is_told() throws IOException {
        Files.createDirectory(folder.resolve("empty"));

        assertThat(validate(folder.resolve("empty").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("no manifest lies below");
    }

    @Test
    void an_unknown_format_is_told_with_the_known_ones() {
        assertThat(validate("--format", "xml", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("must be text, json, sarif or github");
    }

    @Test
    void a_configured_environment_is_one_whatever_it_is_called() {
        assertThat(run("redis: {mysql: }", "-e", "redis", "-")).isZero();
        assertThat(run("blue: [a]", "-e", "blue", "-")).isEqualTo(1);
    }

    @Test
    void sarif_names_rule_file_and_region() {
        run(BAD, "--format", "sarif", "-");

        var run = JsonMapper.shared().readTree(out.toString()).path("runs").path(0);
        var result = run.path("results").path(0);
        assertThat(run.path("tool").path("driver").path("rules").path(0).path("id").stringValue())
                .isEqualTo("ASN1301");
        assertThat(result.path("ruleId").stringValue()).isEqualTo("ASN1301");
        assertThat(result.path("level").stringValue()).isEqualTo("error");
        var place = result.path("locations").path(0).path("physicalLocation");
        assertThat(place.path("artifactLocation").path("uri").stringValue())
                .isEqualTo("%3Cstdin%3E");
        assertThat(place.path("region").path("startColumn").intValue()).isEqualTo(34);
    }

    @Test
    void github_gets_annotations_with_everything_escaped() throws IOException {
        write("odd/a,b%manifest.yml", "redis: {configuration: {version: 100%}}\n");

        validate("--format", "github", folder.resolve("odd").toString());

        assertThat(out.toString())
                .contains("::error file=")
                .contains(
                        "a%2Cb%25manifest.yml,line=1,endLine=1,col=34,endColumn=38,title=ASN1301::`100%25`");
    }

    @Test
    void nothing_in_a_manifest_reaches_the_terminal_as_an_order() {
        var evil = "redis: {configuration: {version: \"\\e]0;x\\a\\e[2J\\u202Eevil\\x9b\"}}\n";

        assertThat(run(evil, "-")).isEqualTo(1);
        assertThat(run(evil, "--format", "github", "-")).isEqualTo(1);
        assertThat(out.toString())
                .contains("<U+1B>]0;x<U+7><U+1B>[2J<U+202E>evil<U+9B>")
                .doesNotContain("\u001b", "\u0007", "\u202e", "\u009b");
    }

    @Test
    void codes_are_explained() {
        assertThat(explain("asn1104")).isZero();
        assertThat(out.toString())
                .startsWith("# ASN1104  A tab is used for indentation")
                .contains("Wrong:", "Right:");
    }

    @Test
    void codes_are_listed() {
        assertThat(explain("--list")).isZero();
        assertThat(out.toString()).contains("ASN1104  error    A tab", "ASN1116  warning  A tab");
    }

    @Test
    void an_unknown_code_is_told_where_to_look() {
        assertThat(explain("ASN9999")).isEqualTo(2);
        assertThat(err.toString()).contains("assent explain --list");
        assertThat(explain()).isEqualTo(2);
    }

    private int validate(String... arguments) {
        return run("", arguments);
    }

    private int run(String input, String... arguments) {
        return execute(
                new ValidateCommand(new ByteArrayInputStream(input.getBytes(UTF_8))), arguments);
    }

    private int explain(String... arguments) {
        return execute(new ExplainCommand(), arguments);
    }

    private int execute(Object command, String... arguments) {
        return new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private void write(String path, String text) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
