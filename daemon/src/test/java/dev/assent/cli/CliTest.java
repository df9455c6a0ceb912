package dev.assent.cli;

import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.http.Door;
import dev.assent.http.FakeDesk;
import dev.assent.log.Captured;
import dev.assent.manifest.Look;
import dev.assent.state.AuditEntry;
import dev.assent.state.Outbox;
import dev.assent.state.RepositoryState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/// What is the same for all commands: help, mistakes, a daemon that is not there; and the commands
/// that only show.
class CliTest {

    @TempDir Path runFolder;

    /// The daemon's command has begun the daemon's log.
    @AfterEach
    void theLogIsThatOfTests() {
        Captured.asBefore();
    }

    @Test
    void help_groups_the_commands_by_what_people_do() {
        var typed = typed("--help");

        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .containsSubsequence(
                        "Write and check",
                        "  plan ",
                        "See",
                        "  status ",
                        "  plans ",
                        "  show ",
                        "  history ",
                        "Decide",
                        "  approve ",
                        "  reject ",
                        "  apply ",
                        "  follow ",
                        "Give to the application",
                        "  env ",
                        "  redeploy ",
                        "Run Assent itself",
                        "  daemon ",
                        "  completion ");
        assertThat(typed.out().lines()).allSatisfy(it -> assertThat(it.length()).isLessThan(101));
    }

    @ParameterizedTest
    @CsvSource({
        "statuss,              there is no command `statuss`; did you mean `status`?",
        "status --formt=json,there is no option `--formt=json`; did you mean `--format`?",
        "show,               missing required parameter: 'ID'; name the plan's id",
        "show a b,           `b` is one argument too many",
        "env shop,           `shop` is not an application in an environment",
        "daemon --listen 80, `80` is not where one can listen",
        "status --server ::, `::` is not where a daemon can be",
    })
    void a_mistake_on_the_command_line_gets_a_sentence_and_exit_code_2(String line, String says) {
        var typed = typed(line.split(" "));

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err()).startsWith("assent: " + says).doesNotContain("\tat ");
    }

    @Test
    void help_on_one_command_can_be_asked_for_both_ways() {
        var option = typed("approve", "--help");
        var command = typed("help", "approve");

        assertThat(option.code()).isZero();
        assertThat(option.out()).startsWith("Usage: assent approve").contains("--destroy");
        assertThat(command.out()).isEqualTo(option.out());
    }

    @Test
    void nothing_at_all_shows_the_help_and_is_no_success() {
        var typed = typed();

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).contains("Write and check");
        assertThat(Typed.atTerminal(Map.of(), "--").err()).contains("\u001b");
        assertThat(Typed.withErrInFile("--").err())
                .contains("Write and check")
                .doesNotContain("\u001b");
    }

    @Test
    void a_format_that_is_none_names_those_there_are() {
        var typed = typed("status", "--format", "xml");

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).contains("xml", "text, json").doesNotContain("TEXT");
    }

    @Test
    void a_daemon_that_is_not_there_is_said_with_what_was_tried_and_how_to_start_one() {
        var typed = typed("status", "--server", "http://127.0.0.1:1");

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err())
                .isEqualTo(
                        "assent: no daemon answers at http://127.0.0.1:1; start one with `assent"
                                + " daemon --config FILE`, or say where it is with --server URL or"
                                + " --run DIR\n");
    }

    @Test
    void a_token_that_is_missing_or_wrong_is_said_without_showing_it() throws Exception {
        try (var door = new Door(runFolder)) {
            var url = door.url().toString();
            var missing = run(Map.of("ASSENT_RUN", "/nowhere"), "status", "--server", url);
            var wrong = run(Map.of("ASSENT_TOKEN", "canary"), "status", "--server", url);

            assertThat(missing.code()).isEqualTo(2);
            assertThat(missing.err())
                    .contains("/nowhere/admin.token does not exist", "ASSENT_TOKEN");
            assertThat(wrong.code()).isEqualTo(2);
            assertThat(wrong.err()).contains("does not take this token").doesNotContain("canary");
        }
    }

    @Test
    void status_shows_what_is_there_in_aligned_columns() throws Exception {
        try (var door = new Door(runFolder)) {
            door.desk.repositories.add(
                    new RepositoryState(
                            "platform",
                            Optional.of("3f2a1c9d5e6b7a8c"),
                            "",
                            RepositoryState.Condition.OK,
                            Optional.empty(),
                            FakeDesk.NOW,
                            FakeDesk.NOW.minusSeconds(12)));
            door.desk.records.add(
                    recorded(2, existing("postgresql/main").primary().servers("pg", "pg-replica")));

            var typed = Typed.at(door, "status");

            assertThat(typed.out())
                    .isEqualTo(
                            """
                            Repositories
                              platform  ok  3f2a1c9d5e  checked 12 s ago

                            shop/production
                              postgresql/main  postgresql 16.15, primary group
                                pg          primary  127.0.0.1:20000  running  since 10 min ago
                                pg-replica  replica  127.0.0.1:20001  running  since 10 min ago
                            """);
        }
    }

    @Test
    void status_shows_what_could_not_be_told_to_others() throws Exception {
        try (var door = new Door(runFolder)) {
            var letter =
                    new Outbox.Letter(
                            7,
                            "notify:ops",
                            "p-1a2b3c4d",
                            "applied",
                            "{}",
                            3,
                            true,
                            Optional.empty());
            door.desk.unsent.add(
                    new Outbox.Trouble(
                            letter,
                            true,
                            "its host is not known",
                            FakeDesk.NOW.minusSeconds(3600)));

            var typed = Typed.at(door, "status");

            assertThat(typed.out())
                    .endsWith(
                            """

                            Not told to others
                              notify:ops  applied  p-1a2b3c4d  given up  since 60 min ago  its host is not known (it may have arrived all the same)
                            """);
        }
    }

    @Test
    void status_as_json_is_what_the_api_says() throws Exception {
        try (var door = new Door(runFolder)) {
            door.desk.records.add(recorded(2, existing("postgresql/main")));

            var typed = Typed.at(door, "status", "shop", "--format", "json");

            var json = JsonMapper.shared().readTree(typed.out());
            assertThat(json.path("applications").path(0).path("serial").asInt()).isEqualTo(2);
            assertThat(Typed.at(door, "status", "nope").code()).isEqualTo(1);
        }
    }

    @Test
    void history_cannot_play_with_the_terminal() throws Exception {
        try (var door = new Door(runFolder)) {
            door.desk.audit.add(
                    new AuditEntry(
                            1,
                            FakeDesk.NOW.minusSeconds(7200),
                            "ada",
                            "plan.rejected",
                            Optional.of("shop/production"),
                            Optional.of("sha256:" + "0".repeat(64)),
                            "\u001b[2Jgone\nsecond line",
                            "00"));

            var typed = Typed.at(door, "history");

            assertThat(typed.out())
                    .isEqualTo(
                            "2 h ago  ada  plan.rejected  shop/production  p-00000000  <U+1B>[2Jgone"
                                    + " second line\n");
        }
    }

    @Test
    void the_daemon_is_launched_with_what_was_asked_for() {
        var launched = new ArrayList<String>();

        Typed.run(
                false,
                Map.of("ASSENT_RUN", "/run/here"),
                launched,
                "daemon",
                "--config",
                "a.yml",
                "--state",
                "s",
                "--listen",
                "127.0.0.1:0");
        Typed.run(false, Map.of(), launched, "daemon");
        Typed.run(true, Map.of("COLUMNS", "70"), launched, "daemon");

        var usual = "/etc/assent/assent.yml /var/lib/assent /run/assent Optional.empty ";
        assertThat(launched)
                .containsExactly(
                        "a.yml s /run/here Optional[127.0.0.1:0] " + Look.PLAIN,
                        usual + Look.PLAIN,
                        usual + new Look(true, OptionalInt.of(70)));
    }

    @Test
    void what_should_not_have_happened_is_one_line_and_a_trace_only_for_who_asks() {
        var variables = Map.of("ASSENT_DEBUG", "1");

        // The list that would note the launch can't be added to.
        var typed = Typed.run(false, Map.of(), java.util.List.of(), "daemon");
        var traced = Typed.run(false, variables, java.util.List.of(), "daemon");

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err())
                .startsWith("assent: this should not have happened: UnsupportedOperationException")
                .contains("please report")
                .hasLineCount(1);
        assertThat(traced.err()).contains("\tat ");
    }

    private static Typed typed(String... arguments) {
        return run(Map.of(), arguments);
    }

    private static Typed run(Map<String, String> variables, String... arguments) {
        return Typed.run(false, variables, arguments);
    }
}
