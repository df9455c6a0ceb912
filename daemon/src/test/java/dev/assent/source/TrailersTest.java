package dev.assent.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.source.signature.Clone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Git takes for trailers, and what of that is said to plans.
class TrailersTest {

    private static final String ONE = "sha256:" + "1".repeat(64);
    private static final String TWO = "sha256:" + "2".repeat(64);

    private static final List<String> MESSAGES =
            List.of(
                    "Title\n\nAssent-Approve: x\n",
                    "Title\n\nAssent-Approve: x\n\n\n",
                    "Title\n\nBody\nAssent-Approve: x\n",
                    "Title\n\nAssent-Approve: x\n\nNo trailer\n",
                    "Title\n\nAssent-Approve: x\nAssent-Approve : y\nOther:z\n",
                    "Title\n\nAssent-Approve: x\n  goes on\n\tand on\nOther: y\n",
                    "Title\n\n  Assent-Approve: x\n",
                    "Title\n\nSome\nwords\nhere\nAssent-Approve: x\nSigned-off-by: A <a@b>\n",
                    "Title\n\nSome\nAssent-Approve: x\n(cherry picked from commit 1)\n",
                    "Title\n\n1\n2\n3\n4\n5\n6\n7\nSigned-off-by: A <a@b>\nAssent-Approve: x\n",
                    "Title\n\n> Assent-Approve: x\n",
                    "Title\n\nAssent Approve: x\n",
                    "Title\n\n```\nAssent-Approve: x\n```\n",
                    "Title\nAssent-Approve: x\n",
                    "Title\n\n: x\n",
                    "Title\n\nAssent-Approve:\n");

    @TempDir Path folder;

    @Test
    void trailers_are_what_Git_itself_takes_for_them() throws Exception {
        try (var clone = new Clone(folder)) {
            for (var message : MESSAGES) {
                var file = folder.resolve("message");
                Files.writeString(file, message);
                var git =
                        clone.git("interpret-trailers", "--parse", file.toString())
                                .lines()
                                .filter(it -> !it.startsWith("(cherry"))
                                .map(it -> it.split(":", 2))
                                .map(it -> it[0].toLowerCase(Locale.ROOT) + "=" + it[1].strip())
                                .toList();

                assertThat(Trailers.in(message))
                        .as(message)
                        .extracting(it -> it.key() + "=" + it.value())
                        .filteredOn(it -> !it.startsWith("signed-off-by"))
                        .isEqualTo(
                                git.stream()
                                        .filter(it -> !it.startsWith("signed-off-by"))
                                        .toList());
            }
        }
    }

    @Test
    void the_title_is_no_trailer() {
        assertThat(Trailers.in("Assent-Approve: " + ONE)).isEmpty();
        assertThat(Spoken.in("Assent-Approve: " + ONE)).isEmpty();
    }

    @Test
    void what_is_said_to_plans_is_read() {
        var spoken =
                said(
                        """
                        Assent-Approve: %s
                        Reviewed-by: bob
                        assent-destroy: postgresql/legacy
                        Assent-Destroy: mysql/old
                        Assent-Hold-Destructive: yes
                        Assent-Reject: %s
                        """
                                .formatted(ONE, TWO));

        assertThat(spoken.wrong()).isEmpty();
        assertThat(spoken.approves()).extracting(Object::toString).containsExactly(ONE);
        assertThat(spoken.rejects()).extracting(Object::toString).containsExactly(TWO);
        assertThat(spoken.destroy())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("mysql/old", "postgresql/legacy");
        assertThat(spoken.hold()).isTrue();
    }

    @Test
    void whatever_is_not_understood_is_told_and_never_passed_over() {
        assertThat(wrong("Assent-Approve: p-11111111")).contains("whole digest");
        assertThat(wrong("Assent-Approve: " + ONE + "\nAssent-Destroy: legacy"))
                .contains("ENGINE/GROUP");
        assertThat(wrong("Assent-Approve: " + ONE + "\nAssent-Hold-Destructive: no"))
                .contains("says yes, or is left out");
        assertThat(wrong("Assent-Approve: " + ONE + "\nAssent-Unless: friday"))
                .contains("does not know");
        assertThat(wrong("Assent-Approve: " + ONE + "\nAssent-Reject: " + ONE))
                .contains("yes and no");
        assertThat(
                        wrong(
                                "Assent-Approve: %s\nAssent-Approve: %s\nAssent-Destroy: mysql/old"
                                        .formatted(ONE, TWO)))
                .contains("make one for each");
        assertThat(wrong("Assent-Destroy: mysql/old")).contains("names no plan");
        var many = new StringBuilder();
        for (int i = 0; i < 21; i++) {
            many.append("Assent-Approve: sha256:").append("%064x".formatted(i)).append('\n');
        }
        assertThat(wrong(many.toString())).contains("more than 20 plans");
    }

    private static String wrong(String trailers) {
        return said(trailers).wrong().getFirst();
    }

    private static Spoken said(String trailers) {
        return Spoken.in("Title\n\n" + trailers).orElseThrow();
    }
}
