package dev.assent.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ValidateCommandTest {

    private static final String GOOD = "redis: {configuration: {version: '7.2'}}\n";
    private static final String WARNING = "postgres: {configuration: {version: '17'}}\n";
    private static final String BAD = "redis: {configuration: {version: newest}}\n";

    @TempDir Path folder;

    @BeforeEach
    void writeManifests() throws IOException {
        write("shop/.cloud66/manifest.yml", GOOD);
        write("blog/manifest.yaml", WARNING);
        write("shop/config.yml", "not: a manifest: at all");
        write(".git/manifest.yml", BAD);
    }

    @Test
    void valid_manifests_are_fine() {
        var typed = validate(folder);

        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .contains("blog/manifest.yaml:1:1  ASN1212  warning: `postgres`")
                .endsWith("2 manifests valid: 0 errors, 1 warning.\n");
        assertThat(typed.err()).isEmpty();
    }

    @Test
    void an_invalid_manifest_is_a_no_and_the_others_are_still_checked() throws IOException {
        write("wiki/manifest.yml", BAD);

        var typed = validate(folder);

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.out())
                .contains("ASN1301", "ASN1212")
                .endsWith("1 of 3 manifests not valid: 1 error, 1 warning.\n");
    }

    @Test
    void strict_takes_warnings_for_errors_in_every_format() {
        var text = validate("--strict", folder);
        var json = validate("--strict", "--format", "json", folder.resolve("blog"));
        var sarif = validate("--strict", "--format", "sarif", folder);
        var gitHub = validate("--strict", "--format", "github", folder);

        assertThat(text.code()).isEqualTo(1);
        assertThat(text.out())
                .contains("ASN1212  `postgres`")
                .endsWith(
                        "1 of 2 manifests not valid: 1 error, 0 warnings; with --strict, warnings"
                                + " count as errors.\n");
        assertThat(json.code()).isEqualTo(1);
        assertThat(file(json).path("valid").booleanValue()).isFalse();
        assertThat(file(json).path("problems").path(0).path("severity").stringValue())
                .isEqualTo("error");
        assertThat(sarif.code()).isEqualTo(1);
        assertThat(tree(sarif).at("/runs/0/results/0/level").stringValue()).isEqualTo("error");
        assertThat(gitHub.code()).isEqualTo(1);
        assertThat(gitHub.out()).startsWith("::error ");
    }

    @Test
    void a_dash_is_standard_input() {
        var typed = Typed.reading(BAD, "validate", "--format", "json", "-");

        assertThat(typed.code()).isEqualTo(1);
        assertThat(file(typed).path("path").stringValue()).isEqualTo("<stdin>");
        assertThat(file(typed).path("valid").booleanValue()).isFalse();
        var problem = file(typed).path("problems").path(0);
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
        var typed = validate(folder.resolve("nowhere"), "/proc/self/mem", folder);

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err().lines())
                .hasSize(2)
                .anyMatch(it -> it.startsWith("assent: could not read /proc/self/mem: "))
                .contains("assent: there is nothing at " + folder.resolve("nowhere"));
        assertThat(typed.out()).contains("2 manifests valid");
    }

    @Test
    void a_folder_that_cannot_be_looked_into_is_named_and_the_rest_is_checked() throws IOException {
        try (var _ = OutOfReach.below(folder.resolve("blog"))) {
            var typed = validate(folder);

            assertThat(typed.code()).isEqualTo(2);
            assertThat(typed.out())
                    .contains("ASN1212")
                    .endsWith("2 manifests valid: 0 errors, 1 warning.\n");
            assertThat(typed.err())
                    .startsWith("assent: could not read " + folder.resolve("blog/upper"))
                    .endsWith(": File name too long\n")
                    .hasLineCount(1);
        }
    }

    @Test
    void a_folder_in_which_nothing_can_be_read_is_not_said_to_hold_no_manifest()
            throws IOException {
        var empty = Files.createDirectory(folder.resolve("empty"));
        try (var _ = OutOfReach.below(empty)) {
            var typed = validate(empty);

            assertThat(typed.code()).isEqualTo(2);
            assertThat(typed.out()).isEmpty();
            assertThat(typed.err()).startsWith("assent: could not read ").hasLineCount(1);
        }
    }

    @Test
    void standard_input_is_read_once_however_it_is_written() {
        for (var again : new String[] {"-", "/dev/stdin"}) {
            var typed = Typed.reading(GOOD, "validate", "-", again);

            assertThat(typed.code()).isEqualTo(2);
            assertThat(typed.out()).isEmpty();
            assertThat(typed.err())
                    .isEqualTo("assent: standard input can be read only once; name it once\n");
        }
        assertThat(Typed.reading(GOOD, "validate", "/dev/stdin").code()).isZero();
    }

    @Test
    @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
    void what_is_neither_a_file_nor_a_folder_is_not_opened() throws Exception {
        var pipe = folder.resolve("pipe-manifest.yml");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

        var typed = validate(pipe, "/dev/null", folder);

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.out()).contains("2 manifests valid");
        assertThat(typed.err().lines())
                .containsExactly(
                        "assent: /dev/null is neither a file nor a folder; for standard input write"
                                + " -",
                        "assent: "
                                + pipe
                                + " is neither a file nor a folder; for standard input"
                                + " write -");
    }

    @Test
    void a_name_for_what_is_not_shown_is_refused() {
        var typed = validate("--app", "shop", folder.resolve("shop"));

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err())
                .isEqualTo("assent: --app goes with --show; nothing else shows a name\n");
    }

    @Test
    void a_folder_without_manifests_is_told_and_nothing_is_called_valid() throws IOException {
        Files.createDirectory(folder.resolve("empty"));

        var typed = validate(folder.resolve("empty"));

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err()).startsWith("assent: no manifest lies below ");
    }

    @Test
    void without_a_path_the_command_says_what_it_wants() {
        var typed = validate();

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err())
                .startsWith("assent: missing required parameter: 'PATH'; name manifests, folders (")
                .endsWith("See `assent validate --help`.\n");
    }

    @Test
    void mended_lines_say_which_lines_they_replace() {
        var json =
                Typed.reading(
                                "memcached:\n  memory: 64\n  port: 11211\n",
                                "validate",
                                "--format",
                                "json",
                                "-")
                        .out();

        assertThat(JsonMapper.shared().readTree(json).at("/files/0/problems/0/mended").toString())
                .isEqualTo(
                        "{\"firstLine\":2,\"lastLine\":3,\"lines\":"
                                + "[\"  configuration:\",\"    memory: 64\",\"    port: 11211\"]}");
    }

    @Test
    void an_unknown_format_is_told_with_the_known_ones() {
        var typed = validate("--format", "xml", folder);

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err())
                .startsWith("assent: `xml` is no FORMAT; it can be text, json, sarif, github\n");
    }

    @Test
    void a_configured_environment_is_one_whatever_it_is_called() {
        assertThat(Typed.reading("redis: {mysql: }", "validate", "-e", "redis", "-").code())
                .isZero();
        assertThat(Typed.reading("blue: [a]", "validate", "-e", "blue", "-").code()).isEqualTo(1);
    }

    @Test
    void nothing_in_a_manifest_reaches_the_terminal_as_an_order() {
        var evil = "redis: {configuration: {version: \"\\e]0;x\\a\\e[2J\\u202Eevil\\x9b\"}}\n";

        for (var format : new String[] {"text", "github"}) {
            var typed = Typed.reading(evil, "validate", "--format", format, "-");

            assertThat(typed.code()).isEqualTo(1);
            assertThat(typed.out())
                    .contains("<U+1B>]0;x<U+7><U+1B>[2J<U+202E>evil<U+9B>")
                    .doesNotContain("\u001b", "\u0007", "\u202e", "\u009b");
        }
    }

    @Test
    void many_files_come_in_the_order_of_the_command_line() throws IOException {
        for (var i = 100; i < 400; i++) {
            // Some take much longer than others.
            write("many/%d/manifest.yml".formatted(i), BAD + "# x\n".repeat(i % 7 * 3_000));
        }

        var typed = validate("--format", "github", folder.resolve("many"), folder.resolve("blog"));

        assertThat(typed.out().lines().map(it -> it.replaceFirst(".*/(\\w+)/manifest.*", "$1")))
                .startsWith("100", "101")
                .containsSequence("399", "blog")
                .hasSize(301)
                .startsWith(
                        IntStream.range(100, 400).mapToObj(String::valueOf).toArray(String[]::new));
    }

    @Test
    void a_terminal_gets_colours_and_lines_that_fit_and_can_refuse_the_colours() {
        var wide = Typed.atTerminal(Map.of("COLUMNS", "100"), "validate", folder);
        var narrow = Typed.atTerminal(Map.of("COLUMNS", "61", "NO_COLOR", "1"), "validate", folder);
        var tiny = Typed.atTerminal(Map.of("COLUMNS", "7"), "validate", "--no-color", folder);
        var odd = Typed.atTerminal(Map.of("COLUMNS", "wide"), "validate", "--no-color", folder);

        assertThat(wide.out())
                .contains("\u001b[33mASN1212\u001b[0m", "\u001b[32m2 manifests valid");
        assertThat(narrow.out()).doesNotContain("\u001b");
        assertThat(narrow.out().lines().filter(it -> !it.startsWith(folder.toString())))
                .allMatch(it -> it.length() <= 61);
        assertThat(tiny.out().lines().filter(it -> !it.startsWith(folder.toString())))
                .allMatch(it -> it.length() <= 60)
                .anyMatch(it -> it.length() > 30);
        assertThat(odd.out()).contains("ASN1212").doesNotContain("\u001b");
    }

    private static Typed validate(Object... arguments) {
        return Typed.inScript("validate", arguments);
    }

    private static JsonNode tree(Typed typed) {
        return JsonMapper.shared().readTree(typed.out());
    }

    private static JsonNode file(Typed typed) {
        return tree(typed).path("files").path(0);
    }

    private void write(String path, String text) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, UTF_8);
    }
}
