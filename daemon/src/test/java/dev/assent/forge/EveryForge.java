package dev.assent.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assent.forge.fake.Asked;
import dev.assent.forge.fake.FakeForge;
import dev.assent.forge.fake.Fault;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every forge's adapter must do, tried on a fake of that forge.
abstract class EveryForge {

    static final String COMMIT = "a".repeat(40);
    static final String OTHER = "c".repeat(40);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String HOSTILE =
            "<!-- --> `x` @everyone #1 \"'\\ \u202Eevil\u0007 %2F ../.. 🦊\nnext\r\n\t<script>";

    @TempDir Path folder;
    FakeForge fake;
    Forge forge;

    abstract FakeForge fake(String project);

    /// The ref under which the repository itself has a pull request's head.
    abstract String ref(long number);

    @BeforeEach
    void start() {
        fake = fake("acme/platform");
        forge = adapter(fake.settings(folder));
    }

    @AfterEach
    void stop() {
        forge.close();
        fake.close();
    }

    static Forge adapter(ForgeSettings settings) {
        return Forges.of(settings, InstantSource.system(), PATIENCE);
    }

    long opened() {
        return fake.openPullRequest("ada", "More groups", "feature/x", "main", COMMIT);
    }

    PullRequest one(long number) {
        return forge.pullRequest(number).orElseThrow();
    }

    @Test
    void pull_requests_that_are_open_into_the_branch_are_listed() {
        var first = opened();
        fake.openPullRequest("ada", "Elsewhere", "feature/y", "release", COMMIT);
        var fork = fake.openPullRequestFromFork("eve", "A fork's", "feature/z", "main", OTHER);
        fake.shut(fake.openPullRequest("ada", "Given up", "feature/w", "main", COMMIT));

        var open = forge.open("main");

        assertThat(open).extracting(PullRequest::number).containsExactly(first, fork);
        assertThat(open.getFirst())
                .satisfies(it -> {
                    assertThat(it.title()).isEqualTo("More groups");
                    assertThat(it.author()).isEqualTo("ada");
                    assertThat(it.ref()).isEqualTo(ref(first));
                    assertThat(it.head()).isEqualTo("feature/x");
                    assertThat(it.commit()).isEqualTo(COMMIT);
                    assertThat(it.fork()).isFalse();
                    assertThat(it.state()).isEqualTo(PullRequest.State.OPEN);
                    assertThat(it.url().toString()).endsWith("/" + first);
                });
        assertThat(open.getLast().fork()).isTrue();
    }

    @Test
    void a_hundred_and_thirty_pull_requests_are_read_page_by_page() {
        IntStream.range(0, 130).forEach(_ -> opened());

        assertThat(forge.open("main"))
                .extracting(PullRequest::number)
                .doesNotHaveDuplicates()
                .hasSize(130);
    }

    @Test
    void a_pull_request_is_found_whatever_became_of_it() {
        var merged = opened();
        var shut = opened();
        fake.merge(merged);
        fake.shut(shut);

        assertThat(one(merged).state()).isEqualTo(PullRequest.State.MERGED);
        assertThat(one(shut).state()).isEqualTo(PullRequest.State.CLOSED);
        assertThat(forge.pullRequest(999)).isEmpty();
    }

    @Test
    void what_people_wrote_is_read_and_what_we_wrote_is_not() {
        var number = opened();
        var other = opened();
        forge.comment(number, "<!-- assent:plan -->\nthe plan");
        var id = fake.comment("ada", number, "/assent approve");
        fake.comment("ada", other, "under another one");

        var comments = forge.comments(List.of(one(number)), Instant.EPOCH);

        assertThat(comments).hasSize(1);
        assertThat(comments.getFirst())
                .satisfies(it -> {
                    assertThat(it.id()).isEqualTo(id);
                    assertThat(it.author()).isEqualTo("ada");
                    assertThat(it.text()).isEqualTo("/assent approve");
                    assertThat(it.edited()).isFalse();
                    assertThat(it.pullRequest()).isEqualTo(number);
                    assertThat(it.url().toString()).contains(id);
                });
    }

    @Test
    void whoever_owns_the_token_may_still_write_commands() {
        fake.tokenOf("ada");
        var number = opened();
        forge.comment(number, "<!-- assent:plan -->\nthe plan");
        fake.comment("ada", number, "/assent approve");
        fake.comment("ada", number, "> <!-- assent:plan -->\n\n/assent show");

        assertThat(forge.comments(List.of(one(number)), Instant.EPOCH))
                .extracting(Comment::text)
                .containsExactly("/assent approve", "> <!-- assent:plan -->\n\n/assent show");
    }

    @Test
    void whoever_s_token_it_becomes_is_who_we_are() {
        var number = opened();
        forge.comment(number, "<!-- assent:plan -->");
        forge.find(number, "<!-- assent:plan -->");

        fake.tokenIsReplaced(folder, "ada");
        var id = forge.comment(number, "<!-- assent:result -->").id();

        assertThat(forge.find(number, "<!-- assent:result -->")).contains(id);
        assertThat(forge.find(number, "<!-- assent:plan -->")).isEmpty();
    }

    @Test
    void an_edited_comment_is_told_as_one() {
        var number = opened();
        var id = fake.comment("ada", number, "harmless");
        fake.editComment(id, "/assent approve");

        assertThat(forge.comments(List.of(one(number)), Instant.EPOCH))
                .extracting(Comment::edited)
                .containsExactly(true);
    }

    @Test
    void only_comments_since_an_instant_are_told_and_an_edit_does_not_make_an_old_one_new() {
        var number = opened();
        fake.clock(() -> Instant.parse("2026-03-01T10:00:00Z"));
        var old = fake.comment("ada", number, "old");
        fake.clock(() -> Instant.parse("2026-03-01T11:00:00Z"));
        fake.comment("ada", number, "new");
        fake.editComment(old, "old, edited");

        var since = Instant.parse("2026-03-01T11:00:00.700Z");

        assertThat(forge.comments(List.of(one(number)), since))
                .extracting(Comment::text)
                .containsExactly("new");
    }

    @Test
    void comments_come_oldest_first_from_more_than_one_page() {
        var number = opened();
        IntStream.range(0, 120).forEach(it -> fake.comment("ada", number, "comment " + it));

        assertThat(forge.comments(List.of(one(number)), Instant.EPOCH))
                .extracting(Comment::text)
                .containsExactlyElementsOf(
                        IntStream.range(0, 120).mapToObj(it -> "comment " + it).toList());
    }

    @Test
    void a_comment_is_written_found_again_and_edited_in_place() {
        var number = opened();

        var id = forge.comment(number, "<!-- assent:plan shop/production -->\nfirst").id();
        var edited = forge.edit(number, id, "<!-- assent:plan shop/production -->\nsecond");

        assertThat(edited).isPresent();
        assertThat(forge.find(number, "<!-- assent:plan shop/production -->")).contains(id);
        assertThat(forge.find(number, "<!-- assent:plan shop/staging -->")).isEmpty();
        assertThat(fake.ours(number))
                .hasSize(1)
                .first()
                .satisfies(it -> {
                    assertThat(it.text()).endsWith("second");
                    assertThat(it.edits()).isEqualTo(1);
                });
    }

    @Test
    void a_stranger_with_our_marker_is_not_taken_for_us() {
        var number = opened();
        fake.comment("eve", number, "<!-- assent:plan -->\nnothing will be destroyed");

        assertThat(forge.find(number, "<!-- assent:plan -->")).isEmpty();
        assertThat(forge.comments(List.of(one(number)), Instant.EPOCH)).hasSize(1);
    }

    @Test
    void a_comment_that_was_deleted_is_told_as_gone() {
        var number = opened();
        var id = forge.comment(number, "<!-- assent:plan -->").id();
        fake.deleteComment(id);

        assertThat(forge.edit(number, id, "again")).isEmpty();
    }

    @Test
    void a_reaction_is_put_once() {
        var number = opened();
        var id = fake.comment("ada", number, "/assent approve");
        var comment = forge.comments(List.of(one(number)), Instant.EPOCH).getFirst();

        for (var it : Reaction.values()) forge.react(comment, it);
        forge.react(comment, Reaction.SEEN);

        assertThat(fake.comments(number).getFirst().reactions())
                .hasSize(Reaction.values().length)
                .allSatisfy(it -> assertThat(it).startsWith(FakeForge.BOT + ":"));
        fake.deleteComment(id);
        forge.react(comment, Reaction.YES);
    }

    @Test
    void the_last_word_of_a_status_counts_and_each_context_is_its_own() {
        opened();
        var page = Optional.of(URI.create("https://assent.example/plans/p-1"));

        for (var state : CommitStatus.State.values()) {
            forge.status(
                    COMMIT, new CommitStatus(CommitStatus.Context.PLAN, state, "2 to add", page));
        }
        forge.status(
                COMMIT,
                new CommitStatus(
                        CommitStatus.Context.APPLY,
                        CommitStatus.State.PENDING,
                        "é".repeat(400),
                        Optional.empty()));

        assertThat(fake.statuses(COMMIT)).containsOnlyKeys("assent/plan", "assent/apply");
        assertThat(fake.status(COMMIT, "assent/plan"))
                .satisfies(it -> {
                    assertThat(it.state()).isIn("failure", "failed");
                    assertThat(it.description()).isEqualTo("2 to add");
                    assertThat(it.target()).isEqualTo("https://assent.example/plans/p-1");
                });
        assertThat(fake.status(COMMIT, "assent/apply").description()).hasSize(140).endsWith("…");
    }

    @Test
    void a_state_that_a_commit_has_already_is_no_error() {
        opened();
        var status =
                new CommitStatus(
                        CommitStatus.Context.PLAN,
                        CommitStatus.State.PENDING,
                        "being planned",
                        Optional.empty());

        forge.status(COMMIT, status);
        forge.status(COMMIT, status);

        assertThat(fake.status(COMMIT, "assent/plan").state()).isEqualTo("pending");
    }

    @ParameterizedTest
    @EnumSource(Right.class)
    void rights_are_told_as_they_are(Right right) {
        fake.permission("ada", right);

        assertThat(forge.right("ada")).isEqualTo(expected(right));
        assertThat(forge.right("nobody-knows-me")).isEqualTo(Right.NONE);
    }

    /// Not every forge has all rights.
    Right expected(Right right) {
        return right;
    }

    @Test
    void rights_are_asked_for_anew_each_time() {
        fake.permission("ada", Right.WRITE);
        forge.right("ada");
        fake.permission("ada", Right.NONE);

        assertThat(forge.right("ada")).isEqualTo(Right.NONE);
    }

    @Test
    void hostile_texts_come_through_as_they_are_in_both_directions() {
        var number = fake.openPullRequest("ada", HOSTILE, "feature/" + "ü&?#", "main", COMMIT);
        fake.comment("ada", number, HOSTILE);

        forge.comment(number, HOSTILE);

        assertThat(one(number).title()).isEqualTo(HOSTILE);
        assertThat(one(number).head()).isEqualTo("feature/ü&?#");
        assertThat(forge.comments(List.of(one(number)), Instant.EPOCH))
                .extracting(Comment::text)
                .containsExactly(HOSTILE, HOSTILE);
        assertThat(fake.ours(number)).extracting(it -> it.text()).containsExactly(HOSTILE);
    }

    @Test
    void a_user_s_name_can_not_lead_to_another_question() {
        fake.permission("ada", Right.ADMIN);

        for (var name :
                List.of("../ada", "..", "a/b", "ada?x=1", "ada%2f..", "ada/../ada", "a b")) {
            assertThat(forge.right(name)).as(name).isEqualTo(Right.NONE);
        }
    }

    @Test
    void a_branch_s_name_can_not_add_to_the_question() {
        opened();

        assertThat(forge.open("main&state=all")).isEmpty();
        assertThat(forge.open("ma#in")).isEmpty();
    }

    @Test
    void a_short_outage_is_ridden_out_by_asking_again() {
        var number = opened();
        fake.fails(Fault.DOWN, 2);
        assertThat(forge.pullRequest(number)).isPresent();

        fake.fails(Fault.HANGS_UP, 1);
        assertThat(forge.pullRequest(number)).isPresent();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"DOWN", "HANGS_UP", "HANGS_UP_AFTERWARDS", "PAGE"})
    void a_longer_outage_is_said_and_passes(Fault fault) {
        opened();
        fake.fails(fault);

        var failure = catchThrowableOfType(ForgeException.class, () -> forge.open("main"));

        assertThat(failure.passing()).isTrue();
        assertThat(failure).hasMessageContaining("acme/platform: listing the open");
        assertThat(failure.pause()).isEmpty();
        fake.works();
        assertThat(forge.open("main")).hasSize(1);
    }

    @Test
    void a_forge_that_says_nothing_is_not_waited_for() {
        fake.fails(Fault.SILENT);

        var failure = catchThrowableOfType(ForgeException.class, () -> forge.open("main"));

        assertThat(failure.passing()).isTrue();
        assertThat(failure).hasMessageContaining("did not answer in time");
        assertThat(fake.requests()).isEmpty();
    }

    @Test
    void a_comment_whose_answer_was_lost_is_there_once_and_found() {
        var number = opened();
        fake.failsAt("POST", Fault.HANGS_UP_AFTERWARDS, 1);
        assertThat(forge.open("main")).hasSize(1);

        var failure =
                catchThrowableOfType(
                        ForgeException.class,
                        () -> forge.comment(number, "<!-- assent:result 1 -->\ndone"));

        assertThat(failure.passing()).isTrue();
        assertThat(fake.ours(number)).hasSize(1);
        assertThat(forge.find(number, "<!-- assent:result 1 -->"))
                .contains(fake.ours(number).getFirst().id());
    }

    @Test
    void what_is_written_is_sent_once_even_in_an_outage() {
        var number = opened();
        fake.requests();
        fake.fails(Fault.DOWN);

        assertThatThrownBy(() -> forge.comment(number, "x")).isInstanceOf(ForgeException.class);

        assertThat(fake.requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"LIMITED", "LIMITED_OTHERWISE"})
    void a_limit_is_kept_to(Fault fault) {
        var number = opened();
        fake.fails(fault, 1);

        var failure = catchThrowableOfType(ForgeException.class, () -> forge.comment(number, "x"));
        var next = catchThrowableOfType(ForgeException.class, () -> forge.open("main"));

        assertThat(failure.passing()).isTrue();
        assertThat(failure.pause().orElseThrow())
                .isBetween(Duration.ofSeconds(25), Duration.ofSeconds(60));
        assertThat(next.pause()).isPresent();
        assertThat(fake.requests()).hasSize(1);
    }

    @Test
    void it_is_said_what_is_missing_where_the_forge_refuses_for_good() {
        var number = opened();

        fake.fails(Fault.TOKEN_REVOKED);
        assertThat(refused(number))
                .hasMessageContaining("the token is not accepted")
                .hasMessageContaining("token-of-");
        fake.fails(Fault.FORBIDDEN);
        assertThat(refused(number)).hasMessageContaining("It takes the permission `");
        fake.fails(Fault.HIDDEN);
        assertThat(refused(number)).hasMessageContaining("forge.project");
    }

    private ForgeException refused(long number) {
        var failure = catchThrowableOfType(ForgeException.class, () -> forge.comment(number, "x"));
        assertThat(failure.passing()).isFalse();
        assertThat(failure.getMessage()).doesNotContain(fake.token());
        return failure;
    }

    @Test
    void a_token_file_is_read_anew_and_its_content_is_in_no_message() throws Exception {
        var file = fake.settings(folder).tokenFile().orElseThrow();

        Files.writeString(file, "two words\n");
        assertThatThrownBy(() -> forge.open("main"))
                .isInstanceOf(ForgeException.class)
                .hasMessageContaining("holds no token")
                .hasMessageNotContaining("two words");
        Files.writeString(file, "secret-of-yesterday");
        assertThatThrownBy(() -> forge.open("main"))
                .hasMessageContaining("not accepted")
                .hasMessageNotContaining("secret-of-yesterday");
        Files.delete(file);
        assertThatThrownBy(() -> forge.open("main")).hasMessageContaining("can't be read");
        Files.writeString(file, fake.token());
        assertThat(forge.open("main")).isEmpty();
    }

    @Test
    void a_token_is_in_no_address() {
        opened();

        forge.open("main");
        forge.right("ada");

        assertThat(fake.requests())
                .extracting(Asked::path)
                .noneMatch(it -> it.contains(fake.token()));
    }

    @Test
    void a_forge_that_is_not_there_is_an_outage() {
        var settings = fake.settings(folder);
        var nowhere =
                new ForgeSettings(
                        settings.kind(),
                        URI.create("http://127.0.0.1:9/"),
                        settings.project(),
                        settings.tokenFile(),
                        settings.app());

        try (var gone = adapter(nowhere)) {
            var failure = catchThrowableOfType(ForgeException.class, () -> gone.open("main"));

            assertThat(failure.passing()).isTrue();
            assertThat(failure).hasMessageContaining("no connection");
        }
    }
}
