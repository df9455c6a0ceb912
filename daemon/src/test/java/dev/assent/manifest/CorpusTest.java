package dev.assent.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assent.manifest.Problem.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Reads manifests of strangers, from the folder that `ASSENT_CORPUS` names, and compares the
/// answers with `corpus.tsv`, which somebody read through beside the files. When an answer is meant
/// to change, this test shows the lines that differ and leaves the whole table as it would be in
/// `target/corpus.tsv`: look at each of those files, then copy that table over the old one.
class CorpusTest {

    private static final String TABLE = "corpus.tsv";

    @Test
    void manifests_of_strangers_get_the_answers_that_were_read_through_by_eye() throws IOException {
        var answers = manifests().stream().map(CorpusTest::answer).toList();

        Files.write(Path.of("target", TABLE), answers);
        var differences = differences(table(), answers);
        if (!differences.isEmpty()) {
            fail(
                    """
                    Answers to manifests of strangers have changed (- as in the table, + as they are now):
                    %s
                    If all of that is right, copy daemon/target/%s to daemon/src/test/resources/%s.
                    """
                            .formatted(String.join("\n", differences), TABLE, resource()));
        }
    }

    @Test
    void problems_of_strangers_lie_inside_their_files() {
        for (var manifest : manifests()) {
            Answers.assertPlacesInside(manifest.text(), Answers.problems(manifest.bytes()));
        }
    }

    @Test
    void the_table_has_every_manifest_once_and_in_order() throws IOException {
        var names = table().stream().map(it -> it.split("\t", -1)[0]).toList();

        assertThat(names).hasSize(266).doesNotHaveDuplicates().isSorted();
    }

    /// A file's line in the table: its name, what it is, and the codes and lines of its problems.
    private static String answer(Samples.Sample manifest) {
        var problems = manifest.problems();
        var invalid = problems.stream().anyMatch(it -> it.severity() == Severity.ERROR);
        var kind = invalid ? "invalid" : problems.isEmpty() ? "valid" : "warnings";
        var where =
                problems.stream()
                        .map(it -> it.code().id() + ":" + it.place().line())
                        .collect(joining(" "));
        return Stream.of(manifest.name(), kind, where)
                .filter(it -> !it.isEmpty())
                .collect(joining("\t"));
    }

    private static List<String> differences(List<String> expected, List<String> found) {
        var gone = expected.stream().filter(it -> !found.contains(it)).map(it -> "- " + it);
        var added = found.stream().filter(it -> !expected.contains(it)).map(it -> "+ " + it);
        // Stable: of one file, the line that is gone comes first.
        return Stream.concat(gone, added).sorted(comparing(CorpusTest::name)).toList();
    }

    private static String name(String difference) {
        return difference.substring(2).split("\t", 2)[0];
    }

    private static List<String> table() throws IOException {
        try (var in =
                Objects.requireNonNull(CorpusTest.class.getResourceAsStream(TABLE), resource())) {
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        }
    }

    private static String resource() {
        return CorpusTest.class.getPackageName().replace('.', '/') + "/" + TABLE;
    }

    private static List<Samples.Sample> manifests() {
        assumeTrue(
                Corpus.folder().isPresent(),
                "skipped: ASSENT_CORPUS does not name a folder of manifests");
        return Corpus.all();
    }
}
