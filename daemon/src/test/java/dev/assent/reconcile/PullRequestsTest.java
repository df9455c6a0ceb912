package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.apply.Beginning;
import dev.assent.approval.Policy;
import dev.assent.forge.fake.Fault;
import dev.assent.source.SecureShellServer;
import dev.assent.source.WebServer;
import dev.assent.state.PlanState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Optional;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Plans that are read and approved where their change is discussed.
class PullRequestsTest {

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

    @ParameterizedTest
    @EnumSource(Forum.Kind.class)
    void a_change_is_read_approved_and_applied_where_it_is_discussed(Forum.Kind kind)
            throws Exception {
        try (var forum = new Forum(kind, folder, WRITERS)) {
            tell(forum);
        }
    }

    @Test
    void the_same_over_http() throws Exception {
        try (var server = new WebServer(folder);
                var forum = new Forum(Forum.Kind.GITHUB, folder, WRITERS)) {
            server.demand("x-access-token", "canary-token");
            var token = Files.writeString(folder.resolve("git-token"), "canary-token");
            forum.pipeline.reachAt(
                    server.url() + "/platform.git", Optional.of(token), Optional.empty());
            tell(forum);
        }
    }

    @Test
    void the_same_over_ssh() throws Exception {
        var client = key();
        try (var server = new SecureShellServer(key(), client);
                var forum = new Forum(Forum.Kind.GITLAB, folder, WRITERS)) {
            var file = folder.resolve("deploy");
            try (var out = Files.newOutputStream(file)) {
                OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(client, "test", null, out);
            }
            Files.writeString(folder.resolve("known_hosts"), server.knownHost());
            forum.pipeline.reachAt(
                    server.url(folder.resolve("platform.git")),
                    Optional.empty(),
                    Optional.of(file));
            tell(forum);
        }
    }

    private static KeyPair key() throws GeneralSecurityException {
        var generator = SecurityUtils.getKeyPairGenerator("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    /// A branch is pushed, its plan commented; a second push edits the comment; one without rights
    /// is refused, one with rights approves; it is merged, applied once, and told.
    private static void tell(Forum forum) throws Exception {
        forum.pipeline.settings.beginning = Beginning.AFTER_MERGE;
        forum.pipeline.push();
        var number = forum.open("ada", "Add a group", BRANCH, "one");
        forum.turn();
        assertThat(forum.planComment(number).text())
                .contains("postgresql/one")
                .contains("waits for approval")
                .contains("/assent approve");

        var first = forum.forge.statuses(forum.pipeline.store.heads().all().getFirst().commit());
        assertThat(first).containsOnlyKeys("assent/plan", "assent/apply");
        var before = forum.pipeline.store.heads().all().getFirst().commit();
        var commit = forum.pushAgain(number, BRANCH, "one", "two");
        forum.turn();
        assertThat(forum.planComment(number).text()).contains("postgresql/two");
        assertThat(forum.planComment(number).edits()).isPositive();
        assertThat(forum.status(before, "assent/apply")).isEqualTo("failure");
        assertThat(forum.status(commit, "assent/plan")).isEqualTo("success");
        assertThat(forum.status(commit, "assent/apply")).isEqualTo("pending");

        forum.say("eve", number, "/assent approve");
        assertThat(forum.only(PlanState.PROPOSED).assents()).isEmpty();
        var plan = forum.only(PlanState.PROPOSED);
        forum.say("bo", number, "looks good\n\n/assent approve");
        assertThat(forum.pipeline.plan(plan).state()).isEqualTo(PlanState.APPROVED);
        assertThat(forum.planComment(number).text()).contains("is approved").contains("bo");
        assertThat(forum.status(commit, "assent/apply")).isEqualTo("success");
        assertThat(forum.results(number)).isEmpty();

        forum.merge(number, BRANCH);
        forum.turn();
        await().until(() -> forum.pipeline.plan(plan).state() == PlanState.APPLIED);
        forum.send();
        assertThat(forum.results(number)).hasSize(1);
        assertThat(forum.results(number).getFirst())
                .contains("Applied")
                .contains(plan.id())
                .contains("bo");
        assertThat(forum.status(commit, "assent/apply")).isEqualTo("success");

        var said = forum.ours(number);
        forum.turn();
        forum.restart();
        forum.turn();
        assertThat(forum.ours(number)).isEqualTo(said);
        assertThat(forum.pipeline.provider.calls()).containsOnlyOnce("build one");
    }

    @ParameterizedTest
    @EnumSource(Forum.Kind.class)
    void a_plan_is_applied_before_the_merge_where_the_configuration_says_so(Forum.Kind kind)
            throws Exception {
        try (var forum = new Forum(kind, folder, WRITERS)) {
            forum.pipeline.push();
            var number = forum.open("ada", "Add a group", BRANCH, "one");
            forum.turn();
            var plan = forum.only(PlanState.PROPOSED);

            forum.say("bo", number, "/assent approve");

            await().until(() -> forum.pipeline.plan(plan).state() == PlanState.APPLIED);
            forum.turn();
            assertThat(forum.results(number)).hasSize(1);
            var commit = forum.pipeline.store.heads().all().getFirst().commit();
            assertThat(forum.status(commit, "assent/apply")).isEqualTo("success");
            assertThat(forum.planComment(number).text()).contains("applied");
        }
    }

    @Test
    void only_what_was_shown_when_a_comment_was_written_is_approved_by_it() throws Exception {
        try (var forum = new Forum(Forum.Kind.GITHUB, folder, WRITERS)) {
            forum.pipeline.push();
            var number = forum.open("ada", "Add a group", BRANCH, "one");
            forum.turn();

            forum.pushAgain(number, BRANCH, "two");
            forum.say("bo", number, "/assent approve");

            assertThat(forum.only(PlanState.PROPOSED).assents()).isEmpty();
            assertThat(forum.ours(number).getLast()).contains("was not shown here yet");
        }
    }

    @Test
    void a_plan_that_is_named_by_its_short_id_has_to_have_been_shown_too() throws Exception {
        try (var forum = new Forum(Forum.Kind.GITHUB, folder, WRITERS)) {
            forum.pipeline.push();
            forum.open("ada", "Add another", "feature/two", "two");
            forum.turn();
            var two = forum.only(PlanState.PROPOSED);
            var number = forum.open("ada", "Add a group", BRANCH, "one");
            forum.turn();

            forum.pushAgain(number, BRANCH, "two");
            forum.say("bo", number, "/assent approve " + two.id());
            assertThat(forum.pipeline.plan(two).assents()).isEmpty();
            assertThat(forum.ours(number).getLast()).contains("was not shown here yet");

            forum.say("bo", number, "/assent approve " + two.id());
            assertThat(forum.pipeline.plan(two).assents()).hasSize(1);
        }
    }

    @Test
    void a_named_plan_that_is_gone_is_not_approved() throws Exception {
        try (var forum = new Forum(Forum.Kind.GITHUB, folder, WRITERS)) {
            forum.pipeline.push();
            var number = forum.open("ada", "Add a group", BRANCH, "one");
            forum.turn();
            var old = forum.only(PlanState.PROPOSED);
            forum.pushAgain(number, BRANCH, "two");
            forum.turn();

            forum.say("bo", number, "/assent approve " + old.id());

            assertThat(forum.only(PlanState.PROPOSED).assents()).isEmpty();
            assertThat(forum.ours(number).getLast()).contains("is no plan of");
        }
    }

    @Test
    void commands_in_code_and_quotations_and_edited_comments_do_nothing() throws Exception {
        try (var forum = new Forum(Forum.Kind.GITHUB, folder, WRITERS)) {
            forum.pipeline.push();
            var number = forum.open("ada", "Add a group", BRANCH, "one");
            forum.turn();

            forum.say(
                    "bo",
                    number,
                    "```\n/assent approve\n```\n\n> /assent approve\n\n    /assent approve\n");
            var id = forum.forge.comment("bo", number, "hello");
            forum.pipeline.later(Duration.ofSeconds(5));
            forum.forge.editComment(id, "/assent approve");
            forum.turn();

            assertThat(forum.only(PlanState.PROPOSED).assents()).isEmpty();
            assertThat(forum.ours(number).getLast()).contains("edited comment does not count");
        }
    }

    @Test
    void an_unknown_command_gets_a_suggestion_and_a_stranger_only_a_sign() throws Exception {
        try (var forum = new Forum(Forum.Kind.GITHUB, folder, WRITERS)) {
            forum.pipeline.push();
            var number = forum.open("ada", "Add a group", BRANCH, "one");
            forum.turn();

            forum.say("bo", number, "/assent aprove");
            assertThat(forum.ours(number).getLast()).contains("approve");
            var said = forum.ours(number).size();
            forum.say("eve", number, "/assent help");
            assertThat(forum.ours(number)).hasSize(said);
        }
    }

    @Test
    void what_destroys_data_needs_its_own_yes_in_a_comment_too() throws Exception {
        try (var forum = new Forum(Forum.Kind.GITHUB, folder, WRITERS)) {
            forum.pipeline.push("one");
            forum.turn();
            var first = forum.only(PlanState.PROPOSED);
            forum.pipeline.settings.policy = Policy.BUILT_IN;
            forum.pipeline.approve(first);
            await().until(() -> forum.pipeline.plan(first).state() == PlanState.APPLIED);
            forum.pipeline.settings.policy = Forum.policy(WRITERS);
            var number = forum.open("ada", "Remove a group", BRANCH, "two");
            forum.turn();
            assertThat(forum.planComment(number).text()).contains("--destroy postgresql/one");

            forum.say("bo", number, "/assent approve");
            assertThat(forum.only(PlanState.PROPOSED).assents()).isEmpty();
            assertThat(forum.ours(number).getLast()).contains("needs a yes to that");

            var plan = forum.only(PlanState.PROPOSED);
            forum.say("bo", number, "/assent approve --destroy postgresql/one");
            await().until(() -> forum.pipeline.plan(plan).state() == PlanState.APPLIED);
        }
    }

    @Test
    void a_forks_pull_request_is_planned_and_approved_by_nobody_before_it_is_merged()
            throws Exception {
        try (var forum = new Forum(Forum.Kind.GITHUB, folder, WRITERS)) {
            forum.pipeline.push();
            var commit = forum.push("elsewhere", "one");
            var number = forum.forge.openPullRequestFromFork("eve", "Mine", "mine", "main", commit);
            forum.pipeline.git.setRef("refs/pull/" + number + "/head", commit);
            forum.turn();

            forum.say("bo", number, "/assent approve");

            assertThat(forum.only(PlanState.PROPOSED).assents()).isEmpty();
            assertThat(forum.ours(number).getLast()).contains("fork");
            assertThat(forum.status(commit, "assent/apply")).isEqualTo("success");

            var plan = forum.only(PlanState.PROPOSED);
            forum.merge(number, "elsewhere");
            forum.turn();
            forum.restart();
            forum.say("eve", number, "/assent approve");
            assertThat(forum.pipeline.plan(plan).assents()).isEmpty();
            forum.say("bo", number, "/assent approve");

            await().until(() -> forum.pipeline.plan(plan).state() == PlanState.APPLIED);
            forum.turn();
            assertThat(forum.results(number)).hasSize(1);
        }
    }

    @Test
    void a_review_counts_where_the_policy_says_so() throws Exception {
        var reviews = WRITERS + "  channels: [review]\n";
        try (var forum = new Forum(Forum.Kind.GITHUB, folder, reviews)) {
            forum.pipeline.push();
            var number = forum.open("ada", "Add a group", BRANCH, "one");
            forum.turn();
            var plan = forum.only(PlanState.PROPOSED);

            forum.say("bo", number, "/assent approve");
            assertThat(forum.pipeline.plan(plan).assents()).isEmpty();
            forum.forge.review("eve", number, "APPROVED");
            forum.turn();
            assertThat(forum.pipeline.plan(plan).assents()).isEmpty();
            forum.forge.review("bo", number, "APPROVED");
            forum.turn();

            await().until(() -> forum.pipeline.plan(plan).state() == PlanState.APPLIED);
            assertThat(forum.pipeline.plan(plan).assents().getFirst().channel())
                    .isEqualTo("review");
        }
    }

    @Test
    void what_was_said_while_the_line_broke_is_not_said_twice() throws Exception {
        try (var forum = new Forum(Forum.Kind.GITHUB, folder, WRITERS)) {
            forum.pipeline.push();
            var number = forum.open("ada", "Add a group", BRANCH, "one");
            forum.turn();
            forum.forge.fails(Fault.HANGS_UP_AFTERWARDS, 1);
            forum.pipeline.reconciler.lookAfterPlans();
            forum.say("bo", number, "/assent help");
            forum.forge.works();
            for (var i = 0; i < 4; i++) {
                forum.pipeline.later(Duration.ofMinutes(20));
                forum.turn();
            }

            assertThat(forum.planComment(number)).isNotNull();
            assertThat(forum.ours(number)).hasSize(2);
        }
    }

    @Test
    void an_outage_costs_nothing_but_time() throws Exception {
        try (var forum = new Forum(Forum.Kind.GITHUB, folder, WRITERS)) {
            forum.pipeline.push();
            var number = forum.open("ada", "Add a group", BRANCH, "one");
            forum.turn();
            var plan = forum.only(PlanState.PROPOSED);

            forum.forge.fails(Fault.DOWN);
            forum.turn();
            assertThat(forum.pipeline.plan(plan).state()).isEqualTo(PlanState.PROPOSED);
            forum.forge.works();
            forum.pipeline.later(Duration.ofMinutes(20));
            forum.say("bo", number, "/assent approve");

            await().until(() -> forum.pipeline.plan(plan).state() == PlanState.APPLIED);
        }
    }

    @Test
    void what_is_closed_does_not_leave_a_status_waiting() throws Exception {
        try (var forum = new Forum(Forum.Kind.GITHUB, folder, WRITERS)) {
            forum.pipeline.push();
            var number = forum.open("ada", "Add a group", BRANCH, "one");
            forum.turn();
            var commit = forum.pipeline.store.heads().all().getFirst().commit();
            assertThat(forum.status(commit, "assent/apply")).isEqualTo("pending");

            forum.forge.shut(number);
            forum.turn();

            assertThat(forum.status(commit, "assent/apply")).isEqualTo("failure");
            assertThat(forum.pipeline.plans(PlanState.PROPOSED)).isEmpty();
        }
    }

    @Test
    void pull_requests_on_the_same_group_name_each_other() throws Exception {
        try (var forum = new Forum(Forum.Kind.GITHUB, folder, WRITERS)) {
            forum.pipeline.push();
            var one = forum.open("ada", "One", "feature/one", "same");
            var two = forum.open("bo", "Two", "feature/two", "same", "more");
            forum.turn();
            forum.turn();

            assertThat(forum.planComment(one).text())
                    .contains("`#2` touches `postgresql/same`, too");
            assertThat(forum.planComment(two).text())
                    .contains("`#1` touches `postgresql/same`, too");
        }
    }

    @Test
    void hostile_texts_come_to_nothing_in_what_we_say() throws Exception {
        try (var forum = new Forum(Forum.Kind.GITHUB, folder, WRITERS)) {
            forum.pipeline.push();
            var number = forum.open("ada", "<script>alert(1)</script> @everyone #1", "x", "one");
            forum.pushAgain(number, "x", "one", "two");
            forum.turn();
            var broken = "'](x)<img src=x> @everyone #1': {a: `]}\n";
            var commit = forum.pipeline.git.pushTo("x", Pipeline.MANIFEST, broken);
            forum.forge.push(number, commit);
            forum.pipeline.git.setRef("refs/pull/" + number + "/head", commit);
            forum.turn();
            forum.say("bo", number, "/assent ](x)<img/src=x>@everyone`'");
            forum.say("bo", number, "/assent approve ](x)<img/src=x>@everyone`'");
            forum.say("bo", number, "/assent why @everyone #1");
            forum.say("bo", number, "/assent reject ](x)<img/src=x>@everyone #1 `'");

            assertThat(forum.ours(number)).hasSizeGreaterThan(3);
            for (var text : forum.ours(number)) {
                assertThat(Inertness.of(text)).as(text).isEmpty();
            }
        }
    }
}
