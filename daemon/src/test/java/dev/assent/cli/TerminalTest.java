package dev.assent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "/dev/pts/3,             true",
        "/dev/tty1,              true",
        "/dev/tty,               true",
        "/dev/console,           true",
        "/dev/null,              false",
        "/dev/pts-of-mine,       false",
        "/home/ada/dev/pts/note, false",
        "pipe:[4711],            false",
    })
    void a_descriptor_tells_whether_it_leads_to_a_terminal(Path target, boolean terminal)
            throws IOException {
        var descriptor = Files.createSymbolicLink(folder.resolve("2"), target);

        assertThat(Terminal.leadsToTerminal(descriptor, !terminal)).isEqualTo(terminal);
    }

    @Test
    void where_no_descriptor_tells_what_is_thought_otherwise_holds() throws IOException {
        var file = Files.createFile(folder.resolve("file"));

        for (var silent : new Path[] {file, folder.resolve("nothing")}) {
            assertThat(Terminal.leadsToTerminal(silent, true)).isTrue();
            assertThat(Terminal.leadsToTerminal(silent, false)).isFalse();
        }
    }
}
