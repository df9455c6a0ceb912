package dev.assent.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.forge.fake.Asked;
import dev.assent.forge.fake.FakeForge;
import dev.assent.forge.fake.FakeGitLab;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitLabTest extends EveryForge {

    @Override
    FakeForge fake(String project) {
        return FakeGitLab.start(project);
    }

    @Override
    String ref(long number) {
        return "refs/merge-requests/" + number + "/head";
    }

    @Test
    void notes_are_read_only_where_a_merge_request_changed() {
        fake.clock(() -> Instant.parse("2026-03-01T10:00:00Z"));
        IntStream.range(0, 100).forEach(_ -> opened());
        forge.comments(forge.open("main"), Instant.EPOCH);
        fake.requests();

        forge.comments(forge.open("main"), Instant.EPOCH);
        assertThat(fake.requests())
                .hasSize(1)
                .allMatch(Asked::conditional)
                .noneMatch(Asked::counts);

        fake.clock(() -> Instant.parse("2026-03-01T10:00:05Z"));
        fake.comment("ada", 42, "/assent show");
        assertThat(forge.comments(forge.open("main"), Instant.EPOCH)).hasSize(1);
        assertThat(fake.requests()).hasSize(2);
    }

    @Test
    void approvals_that_were_not_taken_back_are_told() {
        var number = opened();
        fake.review("ada", number, "APPROVED");
        fake.review("bob", number, "APPROVED");
        fake.dismiss("bob", number);

        var reviews = forge.reviews(one(number));

        assertThat(reviews).extracting(Review::author).containsExactly("ada");
        assertThat(reviews).extracting(Review::approves).containsExactly(true);
        assertThat(reviews).extracting(Review::commit).containsExactly("");
    }

    @Test
    void a_project_in_groups_within_groups_is_found() {
        try (var deep = FakeGitLab.start("acme/data/platform");
                var adapter = adapter(deep.settings(folder))) {
            deep.openPullRequest("ada", "x", "x", "main", COMMIT);

            assertThat(adapter.open("main")).hasSize(1);
        }
    }

    @Test
    void a_member_of_a_similar_name_is_somebody_else() {
        fake.permission("adalbert", Right.ADMIN);
        fake.permission("ada", Right.READ);

        assertThat(forge.right("ada")).isEqualTo(Right.READ);
        assertThat(forge.right("ad")).isEqualTo(Right.NONE);
    }

    @ParameterizedTest
    @CsvSource({"/merge", "'said:\n/approve'", "'   \n/close\n'", "'/assign @eve'"})
    void nothing_that_we_write_is_carried_out(String text) {
        var number = opened();

        var id = forge.comment(number, text).id();
        forge.edit(number, id, "before\n" + text);

        assertThat(((FakeGitLab) fake).actions()).isEmpty();
        assertThat(fake.ours(number)).hasSize(1);
    }

    @Test
    void our_own_commands_may_be_quoted_as_they_are() {
        var number = opened();
        forge.comment(number, "Say\n\n/assent approve");

        assertThat(forge.comments(List.of(one(number)), Instant.EPOCH))
                .extracting(Comment::text)
                .containsExactly("Say\n\n/assent approve");
    }
}
