package dev.assent.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assent.manifest.Problem.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Reads manifests of strangers, from the folder that `ASSENT_CORPUS` names.
class CorpusTest {

    @Test
    void manifests_of_strangers_get_the_answers_that_were_read_through_by_eye() throws IOException {
        var folder = Optional.ofNullable(System.getenv("ASSENT_CORPUS"));
        assumeTrue(
                folder.isPresent(), "skipped: ASSENT_CORPUS does not name a folder of manifests");

        var files = 0;
        var invalid = 0;
        var codes = new TreeMap<Code, Integer>();
        for (var path : manifests(Path.of(folder.get()))) {
            var problems = new Samples.Sample(path).problems();
            var lines = Files.readString(path).split("\r\n|\n|\r", -1);
            files++;
            if (problems.stream().anyMatch(it -> it.severity() == Severity.ERROR)) invalid++;
            for (var problem : problems) {
                codes.merge(problem.code(), 1, Integer::sum);
                assertThat(problem.place().endLine()).as("%s", problem).isBetween(1, lines.length);
                assertThat(problem.place().column())
                        .as("%s", problem)
                        .isLessThanOrEqualTo(lines[problem.place().line() - 1].length() + 1);
            }
        }

        assertThat(files).isEqualTo(266);
        assertThat(invalid).isEqualTo(16);
        assertThat(codes)
                .containsEntry(Code.TAB_INDENTATION, 6)
                .containsEntry(Code.INDENTATION, 2)
                .containsEntry(Code.UNDEFINED_ALIAS, 1)
                .containsEntry(Code.TAB_AFTER_VALUE, 2)
                .containsEntry(Code.UNKNOWN_COMPONENT, 1)
                .containsEntry(Code.KEYS_BESIDE_SERVER, 2)
                .containsEntry(Code.MISPLACED_KEY, 13)
                .containsEntry(Code.NEAR_COMPONENT, 3)
                .containsEntry(Code.NEAR_ENVIRONMENT, 1)
                .containsEntry(Code.SERVER_NAME_TWICE, 7)
                .containsEntry(Code.UNKNOWN_SERVER, 5)
                .hasSize(11);
    }

    private static List<Path> manifests(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(it -> it.toString().endsWith(".yml")).sorted().toList();
        }
    }
}
