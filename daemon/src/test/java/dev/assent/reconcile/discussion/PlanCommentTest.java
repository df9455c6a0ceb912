package dev.assent.reconcile.discussion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.ApplicationName;
import dev.assent.state.HeadPlan;
import dev.assent.state.HeadState;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What does not depend on how a comment came about.
class PlanCommentTest {

    private static final HeadState HEAD =
            new HeadState(
                    "platform",
                    "refs/pull/7/head",
                    "#7",
                    "0123456789abcdef",
                    "fedcba9876543210",
                    "",
                    HeadState.Condition.PLANNED,
                    Optional.empty(),
                    false,
                    OptionalLong.of(7),
                    "",
                    "",
                    Optional.empty(),
                    Instant.EPOCH);

    @Test
    void a_comment_is_never_longer_than_a_forge_takes() {
        var remarks =
                Collections.nCopies(100, "`".repeat(400) + "\n" + "\ud83d\ude00".repeat(5000));
        var parts = IntStream.range(0, 500).mapToObj(it -> invalid("app" + it, remarks)).toList();

        var text = PlanComment.of("<!-- marker -->", "main", HEAD, parts);

        assertThat(text.length()).isLessThan(65_536);
        assertThat(text).contains("app0", "more applications");
    }

    private static Part invalid(String app, List<String> remarks) {
        var said =
                new HeadPlan(
                        new ApplicationName(app, "production"),
                        "apps/" + app + "/manifest.yml",
                        HeadPlan.Condition.INVALID,
                        Optional.empty(),
                        remarks,
                        Optional.empty());
        return new Part(
                said,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of());
    }
}
