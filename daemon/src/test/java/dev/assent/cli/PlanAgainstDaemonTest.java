package dev.assent.cli;

import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.http.Door;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class PlanAgainstDaemonTest {

    private static final String MAIN =
            """
            postgresql:
              groups:
                main:
                  configuration: {version: 16}
                  servers:
                  - server: {unique_name: main}
            """;

    @TempDir Path runFolder;
    @TempDir Path folder;
    private Door door;

    @BeforeEach
    void open() throws Exception {
        door = new Door(runFolder);
        door.desk.records.add(recorded(3, existing("postgresql/main").primary()));
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void only_what_differs_from_the_daemons_record_is_planned_and_nothing_is_stored()
            throws Exception {
        var file = write("shop/manifest.yml", MAIN + "      - server: {unique_name: main-2}\n");

        var typed = Typed.at(door, "plan", file, "--against-daemon");

        assertThat(typed.code()).isZero();
        assertThat(typed.err()).isEmpty();
        assertThat(typed.out())
                .contains("(record at serial 3)", "add server main-2 to postgresql/main")
                .endsWith("Plan: 1 to add, 0 to change, 0 to destroy.\n");
        assertThat(door.desk.plans).isEmpty();
    }

    @Test
    void each_application_of_a_folder_is_planned_against_its_own_record() throws Exception {
        write("shop/manifest.yml", MAIN);
        write("blog/manifest.yml", MAIN);

        var typed =
                Typed.at(door, "plan", folder.toString(), "--against-daemon", "--format", "json");

        var plans = JsonMapper.shared().readTree(typed.out()).path("plans");
        assertThat(plans.at("/0/application").asString()).isEqualTo("blog");
        assertThat(plans.at("/0/summary/add").asInt()).isEqualTo(1);
        assertThat(plans.at("/1/base/serial").asInt()).isEqualTo(3);
        assertThat(plans.at("/1/summary/add").asInt()).isZero();
        assertThat(typed.err())
                .isEqualTo("assent: the daemon has not built anything of blog/production yet\n");
    }

    @Test
    void another_environment_has_another_record() throws Exception {
        var file = write("shop/manifest.yml", MAIN);

        assertThat(Typed.at(door, "plan", file, "--against-daemon", "-e", "staging").out())
                .contains("for shop/staging", "create group postgresql/main");
    }

    @Test
    void the_detailed_exit_codes_mean_the_same() throws Exception {
        var same = write("shop/manifest.yml", MAIN);
        var more = write("blog/manifest.yml", MAIN);

        assertThat(detailed(same)).isZero();
        assertThat(detailed(more)).isEqualTo(2);
        door.close();
        assertThat(detailed(same)).isEqualTo(1);
    }

    @Test
    void a_daemon_that_cannot_be_reached_is_said_with_the_way_out() throws Exception {
        var file = write("shop/manifest.yml", MAIN);
        door.close();

        var typed = Typed.at(door, "plan", file, "--against-daemon");

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err())
                .contains("no daemon answers at " + door.url(), "--server URL or --run DIR");
    }

    @Test
    void a_token_that_is_not_the_daemons_is_said() throws Exception {
        var file = write("shop/manifest.yml", MAIN);
        var variables =
                Map.of("ASSENT_SERVER", door.url().toString(), "ASSENT_TOKEN", "not-this-one");

        var typed = Typed.run(false, variables, "plan", file, "--against-daemon");

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).contains("does not take this token").doesNotContain("not-this-one");
    }

    @Test
    void a_broken_manifest_is_said_as_ever_and_not_sent() throws Exception {
        var file = write("shop/manifest.yml", "postgresql:\n\tconfiguration: {}\n");
        door.close();

        var typed = Typed.at(door, "plan", file, "--against-daemon");

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.err()).contains("ASN1104").doesNotContain("no daemon answers");
    }

    @Test
    void without_it_no_daemon_is_asked() throws Exception {
        var file = write("shop/manifest.yml", MAIN);
        door.close();

        var typed = Typed.at(door, "plan", file);

        assertThat(typed.code()).isZero();
        assertThat(typed.out()).contains("create group postgresql/main");
    }

    @Test
    void options_that_mean_nothing_together_are_refused() throws Exception {
        var file = write("shop/manifest.yml", MAIN);

        var both = Typed.at(door, "plan", file, "--against-daemon", "--record", "record.json");
        var idle = Typed.at(door, "plan", file, "--server", door.url().toString());

        assertThat(both.code()).isEqualTo(2);
        assertThat(both.err())
                .isEqualTo(
                        "assent: --record and --against-daemon exclude each other; choose one\n");
        assertThat(idle.code()).isEqualTo(2);
        assertThat(idle.err()).contains("add --against-daemon");
    }

    private int detailed(String file) {
        return Typed.at(door, "plan", file, "--against-daemon", "--detailed-exitcode").code();
    }

    private String write(String path, String text) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text).toString();
    }
}
