package dev.assent.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;

/// What the reader answers to whatever it is given: always something, soon, and about places that
/// the file has.
final class Answers {

    /// Against what would never end; a machine that does other things too is allowed to be slow.
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Answers() {}

    /// The problems of a text, within the limit.
    static List<Problem> problems(byte[] bytes) {
        var reading =
                assertTimeoutPreemptively(
                        LIMIT, () -> Manifests.READER.read("manifest.yml", bytes, List.of()));
        return switch (reading) {
            case Reading.Valid(var _, var warnings) -> warnings;
            case Reading.Invalid(var problems) -> problems;
        };
    }

    /// Asserts that a problem begins and ends inside its file, in this order, and can be shown.
    static void assertPlacesInside(String yaml, List<Problem> problems) {
        var lines = yaml.split("\r\n|\n|\r", -1);
        for (var problem : problems) {
            var place = problem.place();
            assertThat(place.line()).as("%s", problem).isBetween(1, lines.length);
            assertThat(place.endLine()).as("%s", problem).isBetween(place.line(), lines.length);
            assertThat(place.column())
                    .as("%s", problem)
                    .isBetween(1, lines[place.line() - 1].length() + 1);
            assertThat(place.endColumn())
                    .as("%s", problem)
                    .isBetween(
                            place.endLine() == place.line() ? place.column() : 1,
                            lines[place.endLine() - 1].length() + 1);
            assertThat(ProblemText.of(problem)).contains(problem.code().id());
        }
    }
}
