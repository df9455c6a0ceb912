package dev.assent.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.forge.fake.Asked;
import dev.assent.forge.fake.FakeForge;
import dev.assent.forge.fake.FakeGitHub;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubTest extends EveryForge {

    @Override
    FakeForge fake(String project) {
        return FakeGitHub.start(project);
    }

    @Override
    String ref(long number) {
        return "refs/pull/" + number + "/head";
    }

    private FakeGitHub gitHub() {
        return (FakeGitHub) fake;
    }

    @Test
    void while_nothing_happens_a_poll_of_a_hundred_pull_requests_costs_nothing() {
        IntStream.range(0, 100).forEach(_ -> opened());
        var since = Instant.now();
        var before = poll(since);

        fake.requests();
        var after = poll(since);

        assertThat(after).isEqualTo(before).hasSize(100);
        assertThat(fake.requests())
                .hasSize(2)
                .allMatch(Asked::conditional)
                .noneMatch(Asked::counts);
    }

    private List<PullRequest> poll(Instant since) {
        var open = forge.open("main");
        forge.comments(open, since);
        return open;
    }

    @Test
    void the_review_of_each_person_that_stands_is_told() {
        var number = opened();
        fake.review("ada", number, "CHANGES_REQUESTED");
        fake.review("ada", number, "APPROVED");
        fake.review("ada", number, "COMMENTED");
        fake.review("bob", number, "APPROVED");
        fake.review("bob", number, "CHANGES_REQUESTED");
        fake.review("cyd", number, "APPROVED");
        fake.dismiss("cyd", number);
        fake.review("dan", number, "COMMENTED");

        var reviews = forge.reviews(one(number));

        assertThat(reviews).extracting(Review::author).containsExactly("ada", "bob", "cyd");
        assertThat(reviews).extracting(Review::approves).containsExactly(true, false, false);
        assertThat(reviews).extracting(Review::commit).containsOnly(COMMIT);
    }

    @Test
    void a_review_remembers_the_head_that_was_reviewed() {
        var number = opened();
        fake.review("ada", number, "APPROVED");
        fake.push(number, OTHER);

        assertThat(forge.reviews(one(number)).getFirst().commit()).isEqualTo(COMMIT);
        assertThat(one(number).commit()).isEqualTo(OTHER);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_App_signs_in_with_its_key_in_either_form(boolean older) {
        var number = opened();
        try (var app = adapter(gitHub().app().settings(gitHub(), folder, older))) {
            var id = app.comment(number, "<!-- assent:plan -->").id();
            app.comment(number, "again");

            assertThat(app.find(number, "<!-- assent:plan -->")).contains(id);
            assertThat(app.comments(List.of(one(number)), Instant.EPOCH))
                    .extracting(Comment::text)
                    .containsExactly("again");
        }
        assertThat(fake.ours(number))
                .first()
                .extracting(it -> it.author())
                .isEqualTo("assent-app[bot]");
        assertThat(gitHub().app().issued()).isEqualTo(1);
    }

    @Test
    void an_App_asks_for_one_repository_and_for_no_more_than_it_uses() {
        opened();
        try (var app = adapter(gitHub().app().settings(gitHub(), folder, true))) {
            app.open("main");
        }

        assertThat(gitHub().app().lastScope().toString())
                .isEqualTo(
                        """
                        {"repositories":["platform"],"permissions":{"metadata":"read",\
                        "pull_requests":"write","statuses":"write"}}\
                        """);
    }

    @Test
    void an_App_s_token_is_renewed_before_it_ends_and_when_it_was_revoked() {
        var now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
        fake.clock(now::get);
        var number = opened();
        try (var app =
                Forges.of(
                        gitHub().app().settings(gitHub(), folder, true),
                        now::get,
                        Duration.ofSeconds(2))) {
            app.open("main");
            now.set(now.get().plus(Duration.ofMinutes(54)));
            app.open("main");
            assertThat(gitHub().app().issued()).isEqualTo(1);

            now.set(now.get().plus(Duration.ofMinutes(2)));
            app.open("main");
            assertThat(gitHub().app().issued()).isEqualTo(2);

            gitHub().app().revoke();
            app.comment(number, "said once");
            assertThat(gitHub().app().issued()).isEqualTo(3);
            assertThat(fake.comments(number)).hasSize(1);
        }
    }

    @Test
    void an_App_s_key_that_is_none_is_told_without_its_content() throws Exception {
        var settings = gitHub().app().settings(gitHub(), folder, true);
        var file = settings.app().orElseThrow().keyFile();
        Files.writeString(
                file, "-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0\n-----END RSA PRIVATE KEY-----");

        try (var app = adapter(settings)) {
            assertThatThrownBy(() -> app.open("main"))
                    .isInstanceOf(ForgeException.class)
                    .hasMessageContaining("holds no RSA key")
                    .hasMessageNotContaining("c2VjcmV0");
        }
    }
}
