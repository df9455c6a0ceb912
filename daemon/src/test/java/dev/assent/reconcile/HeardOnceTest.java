package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.apply.Beginning;
import dev.assent.state.PlanState;
import dev.assent.state.StoredPlan;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people say in pull requests while these move, end, or something is broken.
class HeardOnceTest {

    private static final String WRITERS =
            """
            rules:
            - name: everything
              match: "*/*"
              by: [forge-write]
              author: true
            """;

    private static final String BRANCH = "feature/one";

    @TempDir Path folder;
    private Forum forum;

    @BeforeEach
    void open() throws Exception {
        forum = new Forum(Forum.Kind.GITHUB, folder, WRITERS);
        forum.pipeline.settings.beginning = Beginning.ON_COMMAND;
        forum.pipeline.push();
    }

    @AfterEach
    void close() {
        forum.close();
    }

    @Test
    void a_plan_that_was_pushed_back_into_place_is_not_approved_by_what_was_said_to_another()
            throws Exception {
        var number = forum.open("eve", "Add a group", BRANCH, "one");
        forum.turn();
        forum.pushAgain(number, BRANCH, "two");
        forum.turn();
        assertThat(forum.planComment(number).text()).contains("postgresql/two");

        forum.pipeline.later(Duration.ofSeconds(10));
        forum.forge.comment("bo", number, "/assent approve");
        forum.pushAgain(number, BRANCH, "one");
        forum.turn();

        assertThat(forum.only(PlanState.PROPOSED).assents()).isEmpty();
        assertThat(forum.ours(number).getLast()).contains("was not shown here yet");
        forum.say("bo", number, "/assent approve");
        assertThat(forum.pipeline.plans(PlanState.APPROVED)).hasSize(1);
    }

    @Test
    void a_plan_that_cannot_be_read_keeps_nobody_else_from_being_told_or_heard() throws Exception {
        forum.open("ada", "Add a group", BRANCH, "one");
        forum.turn();
        damage(forum.only(PlanState.PROPOSED));

        var other = forum.open("ada", "Add another", "feature/two", "two");
        forum.turn();
        forum.say("bo", other, "/assent approve");

        assertThat(forum.planComment(other).text()).contains("is approved");
    }

    @Test
    void a_comment_that_cannot_be_obeyed_is_answered_once_and_stops_no_other() throws Exception {
        var number = forum.open("ada", "Add a group", BRANCH, "one");
        var other = forum.open("ada", "Add another", "feature/two", "two");
        forum.turn();
        damage(
                forum.pipeline.store.heads().all().stream()
                        .filter(it -> it.number().orElseThrow() == number)
                        .flatMap(it -> forum.pipeline.store.heads().plans(it).stream())
                        .flatMap(it -> it.digest().stream())
                        .flatMap(it -> forum.pipeline.store.plans().find(it.toString()).stream())
                        .findFirst()
                        .orElseThrow());

        forum.say("bo", number, "/assent show");
        forum.say("bo", other, "/assent approve");

        assertThat(forum.ours(number).getLast()).contains("could not be done");
        assertThat(forum.pipeline.plans(PlanState.APPROVED)).hasSize(1);
    }

    @Test
    void who_approves_and_merges_at_one_stroke_is_heard() throws Exception {
        var number = forum.open("ada", "Add a group", BRANCH, "one");
        forum.turn();
        var plan = forum.only(PlanState.PROPOSED);

        forum.pipeline.later(Duration.ofSeconds(10));
        forum.forge.comment("bo", number, "/assent approve");
        forum.merge(number, BRANCH);
        forum.turn();

        assertThat(forum.pipeline.plan(plan).assents()).hasSize(1);
        assertThat(forum.pipeline.plan(plan).wanted().byBranch()).isTrue();
    }

    @Test
    void who_approves_and_closes_at_one_stroke_is_told_that_the_yes_was_not_heard()
            throws Exception {
        var number = forum.open("ada", "Add a group", BRANCH, "one");
        forum.turn();

        forum.pipeline.later(Duration.ofSeconds(10));
        forum.forge.comment("bo", number, "/assent approve");
        forum.forge.shut(number);
        forum.turn();

        assertThat(forum.pipeline.plans(PlanState.APPROVED)).isEmpty();
        assertThat(forum.ours(number).getLast()).contains("no longer open");
    }

    @Test
    void what_was_written_before_a_plan_could_be_read_is_no_yes_to_it_whatever_our_clock_says()
            throws Exception {
        forum.forge.clock(() -> forum.pipeline.instant().plus(Duration.ofMinutes(10)));
        var number = forum.open("ada", "Add a group", BRANCH, "one");
        forum.turn();

        forum.pushAgain(number, BRANCH, "two");
        forum.pipeline.later(Duration.ofSeconds(10));
        forum.pipeline.poll();
        forum.forge.comment("bo", number, "/assent approve");
        forum.pipeline.later(Duration.ofSeconds(10));
        forum.send();
        forum.turn();

        assertThat(forum.only(PlanState.PROPOSED).assents()).isEmpty();
        assertThat(forum.ours(number).getLast()).contains("was not shown here yet");
    }

    private void damage(StoredPlan plan) throws Exception {
        var url = "jdbc:sqlite:" + folder.resolve("assent.db");
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute(
                    "UPDATE plan SET body = '{}' WHERE digest = '%s'".formatted(plan.digest()));
        }
    }
}
