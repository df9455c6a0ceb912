package dev.assent.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Whoever pastes the mended lines that a problem shows is rid of it, and of nothing else.
class MendsTest {

    private static final Set<Code> SYNTAX =
            Set.of(Code.NOT_YAML, Code.INDENTATION, Code.TAB_INDENTATION, Code.UNDEFINED_ALIAS);

    @Test
    void pasting_what_a_problem_shows_mends_it_and_breaks_nothing() {
        var pasted = 0;
        for (var sample : Samples.all()) {
            if (sample.bytes().length > 20_000) continue;
            for (var round = 0; round < 20; round++) {
                var text = sample.text();
                pasted += paste(round == 0 ? text : new Mutations(round).of(text));
            }
        }

        assertThat(pasted).isGreaterThan(300);
    }

    private static int paste(String yaml) {
        var problems = Manifests.problems(yaml);
        var pasted = 0;
        for (var problem : problems) {
            // Later mends of the syntax build upon the first one.
            var waits = isSyntax(problem) && !problem.equals(firstOfSyntax(problems));
            if (problem.mend().isEmpty() || waits) continue;
            pasted++;
            var after = Manifests.problems(pasted(problem.mend(), yaml));
            assertThat(after)
                    .as("pasted %s%ninto%n%s", problem, yaml)
                    .noneMatch(it -> isSame(it, problem));
            assertThat(unreadable(after))
                    .as("pasted %s%ninto%n%s%nleaves%n%s", problem, yaml, after)
                    .isLessThanOrEqualTo(unreadable(problems));
        }
        return pasted;
    }

    private static boolean isSame(Problem one, Problem other) {
        return one.code() == other.code()
                && one.message().equals(other.message())
                && one.place().line() == other.place().line();
    }

    private static boolean isSyntax(Problem problem) {
        return SYNTAX.contains(problem.code());
    }

    private static Problem firstOfSyntax(List<Problem> problems) {
        return problems.stream().filter(MendsTest::isSyntax).findFirst().orElseThrow();
    }

    /// How many mistakes keep the text from being YAML.
    private static long unreadable(List<Problem> problems) {
        return problems.stream().filter(MendsTest::isSyntax).count();
    }

    private static String pasted(Mended mend, String yaml) {
        var lines = new ArrayList<>(List.of(yaml.split("\r\n|\n|\r", -1)));
        var replaced = lines.subList(mend.firstLine() - 1, mend.lastLine());
        replaced.clear();
        replaced.addAll(mend.lines());
        return String.join("\n", lines);
    }
}
