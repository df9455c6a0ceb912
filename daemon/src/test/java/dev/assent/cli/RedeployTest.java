package dev.assent.cli;

import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.http.Door;
import dev.assent.http.FakeDesk;
import dev.assent.reconcile.Redeployment;
import dev.assent.state.AuditEntry;
import dev.assent.state.HookRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// A redeploy that does not go as it should.
class RedeployTest {

    @TempDir Path runFolder;
    private Door door;

    @BeforeEach
    void open() throws Exception {
        door = new Door(runFolder);
        door.desk.records.add(recorded(1, existing("postgresql/main")));
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void a_redeploy_that_failed_is_no_and_shows_what_the_hook_printed() {
        var hook =
                new HookRun(List.of("restart", "shop"), false, "ended with code 3", "one\ntwo\n");
        door.desk.redeployment =
                Optional.of(
                        new Redeployment.Failed(
                                Optional.empty(),
                                "`restart shop` ended with code 3; /etc/x.env is as it was before",
                                FakeDesk.NOW,
                                Optional.of(Path.of("/etc/x.env")),
                                Optional.of(hook)));

        var text = Typed.at(door, "redeploy", "shop/production");
        var json = Typed.at(door, "redeploy", "shop/production", "--format", "json");

        assertThat(text.code()).isEqualTo(1);
        assertThat(text.out()).isEqualTo("  │ one\n  │ two\n");
        assertThat(text.err())
                .isEqualTo(
                        "assent: shop/production is not redeployed: `restart shop` ended with code 3;"
                                + " /etc/x.env is as it was before; the variables in force are those of"
                                + " before\n");
        assertThat(json.code()).isEqualTo(1);
        var answer = JsonMapper.shared().readTree(json.out());
        assertThat(answer.path("outcome").asString()).isEqualTo("failed");
        assertThat(answer.path("hook").path("output").asString()).isEqualTo("one\ntwo\n");
    }

    @Test
    void a_redeploy_under_way_already_is_no() {
        door.desk.redeployment = Optional.of(new Redeployment.Refused("it is under way"));

        var typed = Typed.at(door, "redeploy", "shop/production");

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.err()).isEqualTo("assent: it is under way\n");
    }

    @Test
    void history_shows_the_end_of_what_a_hook_that_failed_printed() {
        for (var number = 1L; number <= 2; number++) {
            door.desk.audit.add(
                    new AuditEntry(
                            number,
                            FakeDesk.NOW,
                            "ada",
                            "variables.redeploy-failed",
                            Optional.of("shop/production"),
                            Optional.empty(),
                            "attempt " + number,
                            "00"));
        }
        door.desk.hooks.put(2L, new HookRun(List.of("x"), false, "", "last words\n"));
        door.desk.hooks.put(1L, new HookRun(List.of("x"), false, "", "word\n".repeat(25)));

        var typed = Typed.at(door, "history");

        assertThat(typed.out())
                .containsSubsequence(
                        "attempt 2\n  │ last words\n",
                        "attempt 1\n  │ … (5 lines more: --format json)\n  │ word\n");
        assertThat(typed.out().lines()).hasSize(2 + 1 + 1 + 20);
    }
}
