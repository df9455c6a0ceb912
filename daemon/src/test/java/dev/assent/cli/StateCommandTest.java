package dev.assent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateCommandTest {

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "verify, a backup",
        "restore, a backup",
        "import, what `assent state export` wrote",
    })
    void a_file_that_is_not_there_is_said_without_a_word_of_java(String command, String wanted) {
        var file = folder.resolve("nowhere");

        var typed = Typed.run(false, Map.of(), "state", command, file.toString());

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err())
                .isEqualTo("assent: there is no file %s; name %s\n".formatted(file, wanted));
    }
}
