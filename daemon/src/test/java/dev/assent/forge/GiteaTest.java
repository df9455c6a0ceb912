package dev.assent.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.forge.fake.FakeForge;
import dev.assent.forge.fake.FakeGitea;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GiteaTest extends EveryForge {

    @Override
    FakeForge fake(String project) {
        return FakeGitea.start(project);
    }

    @Override
    String ref(long number) {
        return "refs/pull/" + number + "/head";
    }

    /// Gitea knows no maintainers.
    @Override
    Right expected(Right right) {
        return right == Right.MAINTAIN ? Right.WRITE : right;
    }

    @Test
    void a_poll_of_a_hundred_pull_requests_costs_one_question_a_page_and_one_for_comments() {
        IntStream.range(0, 100).forEach(_ -> opened());
        fake.requests();

        forge.comments(forge.open("main"), Instant.now());

        assertThat(fake.requests()).hasSize(3);
    }

    @Test
    void the_review_of_each_person_that_stands_is_told() {
        var number = opened();
        fake.review("ada", number, "CHANGES_REQUESTED");
        fake.review("ada", number, "APPROVED");
        fake.review("ada", number, "COMMENTED");
        fake.review("cyd", number, "APPROVED");
        fake.dismiss("cyd", number);
        fake.push(number, OTHER);

        var reviews = forge.reviews(one(number));

        assertThat(reviews).extracting(Review::author).containsExactly("ada", "cyd");
        assertThat(reviews).extracting(Review::approves).containsExactly(true, false);
        assertThat(reviews).extracting(Review::commit).containsOnly(COMMIT);
    }
}
