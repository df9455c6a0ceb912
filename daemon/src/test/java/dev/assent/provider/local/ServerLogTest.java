package dev.assent.provider.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server writes its log, and so does whoever broke into it.
class ServerLogTest {

    @TempDir Path folder;

    @Test
    void what_was_written_after_a_moment_is_told() throws IOException {
        var log = log();
        Files.writeString(log.file(), "before\n");
        var before = log.length();
        Files.writeString(log.file(), "before\n\nafter\n");

        assertThat(log.linesSince(before)).containsExactly("after");
    }

    @Test
    void a_link_in_the_place_of_the_log_tells_nothing_of_where_it_leads() throws IOException {
        var secret = Files.writeString(folder.resolve("secret.key"), "a key of the daemon's\n");
        Files.createSymbolicLink(log().file(), secret);

        assertThat(log().length()).isZero();
        assertThat(log().linesSince(0)).isEmpty();
    }

    @Test
    @Timeout(10)
    void a_pipe_in_the_place_of_the_log_holds_nobody_up() throws IOException {
        Commands.run(List.of("mkfifo", log().file().toString()), folder);

        assertThat(log().linesSince(0)).isEmpty();
    }

    private ServerLog log() {
        return new ServerLog(folder.resolve("server.log"));
    }
}
