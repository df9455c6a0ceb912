package dev.assent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class PlanCommandTest {

    private static final String SHOP =
            """
            postgresql:
              configuration: {version: 16}
              servers:
              - server: {unique_name: pg-main}
            """;

    @TempDir Path folder;

    @Test
    void a_manifest_is_planned_against_nothing_as_text() throws Exception {
        var typed = plan(write("shop/manifest.yml", SHOP));

        assertThat(typed.code()).isZero();
        assertThat(typed.err()).isEmpty();
        assertThat(typed.out())
                .contains("for shop/production", "create group postgresql/default")
                .contains("postgresql 16.15")
                .endsWith("Plan: 1 to add, 0 to change, 0 to destroy.\n");
    }

    @Test
    void as_json_a_file_is_a_plan_and_a_folder_a_list_of_plans() throws Exception {
        var file = write("shop/manifest.yml", SHOP);
        write("blog/.cloud66/manifest.yml", SHOP);

        var one = JsonMapper.shared().readTree(plan(file, "--format", "json").out());
        var all = JsonMapper.shared().readTree(plan(folder.toString(), "--format", "json").out());

        assertThat(one.path("application").asString()).isEqualTo("shop");
        assertThat(one.path("summary").path("add").asInt()).isEqualTo(1);
        assertThat(all.path("version").asInt()).isEqualTo(1);
        assertThat(all.path("plans").findValuesAsString("application"))
                .containsExactly("blog", "shop");
        assertThat(all.path("plans").path(1)).isEqualTo(one);
    }

    @Test
    void name_and_environment_can_be_given() throws Exception {
        var typed = plan(write("shop/manifest.yml", SHOP), "--app", "store", "-e", "staging");

        assertThat(typed.out()).contains("for store/staging");
    }

    @Test
    void an_environment_that_the_manifest_is_silent_of_is_said() throws Exception {
        var typed =
                plan(write("shop/manifest.yml", "staging:\n" + SHOP.indent(2)), "-e", "production");

        assertThat(typed.code()).isZero();
        assertThat(typed.out()).contains("no changes");
        assertThat(typed.err()).contains("says nothing of `production`; it speaks for staging");
    }

    @Test
    void what_holds_in_every_other_environment_is_not_silent_of_this_one() throws Exception {
        var yaml = SHOP + "staging:\n  redis: {server: external}\n";

        var typed = plan(write("shop/manifest.yml", yaml));

        assertThat(typed.out()).contains("create group postgresql/default");
        assertThat(typed.err()).isEmpty();
    }

    @Test
    void standard_input_is_planned_for_an_application_that_was_named() {
        var typed = Typed.reading(SHOP, "plan", "-", "--app", "shop");
        var nameless = Typed.reading(SHOP, "plan", "-");

        assertThat(typed.out()).contains("for shop/production");
        assertThat(nameless.code()).isEqualTo(2);
        assertThat(nameless.err()).endsWith("<stdin> can't name an application; give --app APP\n");
    }

    @Test
    void a_terminal_sees_problems_in_colour_and_in_lines_that_fit() throws Exception {
        var file = write("shop/manifest.yml", "postgresql:\n\tconfiguration: {}\n");
        var columns = Map.of("COLUMNS", "60");

        var typed = Typed.atTerminal(columns, "plan", file);
        var plain = Typed.atTerminal(columns, "plan", file, "--no-color");

        assertThat(typed.err()).contains("\u001b[31mASN1104\u001b[0m");
        assertThat(plain.err()).doesNotContain("\u001b");
        assertThat(plain.err().lines().skip(1)).allMatch(it -> it.length() <= 60);
    }

    @Test
    void problems_are_coloured_only_where_they_are_seen() throws Exception {
        write("broken/manifest.yml", "postgresql:\n\tconfiguration: {}\n");
        write("shop/manifest.yml", SHOP);

        var errInFile = Typed.withErrInFile("plan", folder);
        var outInFile = Typed.withOutInFile("plan", folder);

        assertThat(errInFile.err()).contains("ASN1104").doesNotContain("\u001b");
        assertThat(errInFile.out()).contains("\u001b");
        assertThat(outInFile.err()).contains("\u001b[31mASN1104\u001b[0m");
        assertThat(outInFile.out()).contains("for shop/production").doesNotContain("\u001b");
    }

    @Test
    void against_a_record_only_the_difference_is_planned() throws Exception {
        var record =
                write(
                        "record.json",
                        """
                        {"serial": 3, "groups": [
                          {"group": "postgresql/default", "version": "16.15", "primary": true,
                           "servers": [{"name": "pg-main", "port": 20000}]},
                          {"group": "postgresql/legacy", "version": "16.15",
                           "servers": [{"name": "pg-old", "port": 20001}]}]}
                        """);

        var typed = plan(write("shop/manifest.yml", SHOP), "--record", record);

        assertThat(typed.out())
                .contains("(record at serial 3)", "remove group postgresql/legacy")
                .endsWith("Plan: 0 to add, 0 to change, 1 to destroy.\n");
    }

    @Test
    void a_record_that_is_none_is_said_with_its_name() throws Exception {
        var manifest = write("shop/manifest.yml", SHOP);

        for (var text :
                new String[] {"{", "{}", "{\"serial\": 1, \"groups\": [{\"group\": \"x\"}]}"}) {
            var typed = plan(manifest, "--record", write("record.json", text));

            assertThat(typed.code()).isEqualTo(2);
            assertThat(typed.err()).contains("record.json is not a record");
        }
    }

    @Test
    void the_detailed_exit_codes_are_terraforms() throws Exception {
        var changes = write("shop/manifest.yml", SHOP);
        var none = write("none/manifest.yml", "rails:\n  configuration: {}\n");
        var broken = write("broken/manifest.yml", "postgresql:\n\tconfiguration: {}\n");

        assertThat(plan(changes, "--detailed-exitcode").code()).isEqualTo(2);
        assertThat(plan(none, "--detailed-exitcode").code()).isEqualTo(0);
        assertThat(plan(broken, "--detailed-exitcode").code()).isEqualTo(1);
        assertThat(plan(folder + "/nowhere", "--detailed-exitcode").code()).isEqualTo(1);
        assertThat(plan(folder + "/nowhere").code()).isEqualTo(2);
    }

    @Test
    void one_broken_manifest_does_not_stop_the_others() throws Exception {
        write("shop/manifest.yml", SHOP);
        write("broken/manifest.yml", "postgresql:\n\tconfiguration: {}\n");

        var typed = plan(folder.toString());

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.out()).contains("for shop/production");
        assertThat(typed.err()).contains("broken/manifest.yml:2:1", "ASN1104");
    }

    @Test
    void a_folder_that_cannot_be_looked_into_is_named_and_the_rest_is_planned() throws Exception {
        write("shop/manifest.yml", SHOP);
        write("broken/manifest.yml", "postgresql:\n\tconfiguration: {}\n");
        try (var _ = OutOfReach.below(folder)) {
            var typed = plan(folder.toString());

            assertThat(typed.code()).isEqualTo(2);
            assertThat(typed.out()).contains("for shop/production");
            assertThat(typed.err())
                    .contains("could not read " + folder.resolve("upper"), "ASN1104");
            assertThat(plan(folder.toString(), "--detailed-exitcode").code()).isEqualTo(1);
        }
    }

    @Test
    void a_manifest_that_may_not_be_read_is_named_and_the_rest_is_planned() throws Exception {
        write("shop/manifest.yml", SHOP);
        var locked = Path.of(write("locked/manifest.yml", SHOP));
        Files.setPosixFilePermissions(locked, Set.of());
        assumeThat(Files.isReadable(locked)).as("root may read everything").isFalse();

        var typed = plan(folder.toString());

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.out()).contains("for shop/production");
        assertThat(typed.err())
                .isEqualTo("assent: could not read " + locked + ": permission denied\n");
    }

    @Test
    void an_environment_that_can_be_none_is_refused() throws Exception {
        var typed = plan(write("shop/manifest.yml", SHOP), "-e", "a b/..");

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err())
                .startsWith("assent: `a b/..` can't name an environment; a name has at most");
    }

    private Typed plan(String path, String... more) {
        var arguments = new String[more.length + 2];
        arguments[0] = "plan";
        arguments[1] = path;
        System.arraycopy(more, 0, arguments, 2, more.length);
        return Typed.run(false, Map.of(), arguments);
    }

    private String write(String path, String text) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text).toString();
    }

    @Test
    void as_markdown_a_file_is_a_page_and_a_folder_one_page_of_all_plans() throws Exception {
        var file = write("shop/manifest.yml", SHOP);
        write("blog/.cloud66/manifest.yml", SHOP);
        write("calm/manifest.yml", "postgresql: {server: external}\n");

        var one = plan(file, "--format", "markdown").out();
        var all = plan(folder.toString(), "--format", "markdown").out();

        assertThat(one)
                .startsWith("### Plan `p-")
                .contains("| `+` | c1 | create group `postgresql/default` | safe |")
                .contains("Groups before and after");
        assertThat(all)
                .contains("for `blog/production`", "for `shop/production`")
                .endsWith("1 application needs no change.\n\n");
    }
}
