package dev.assent.provider.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    @Test
    void cutting_follows_no_link_neither_from_the_log_nor_from_where_the_old_one_goes()
            throws IOException {
        var secret = Files.writeString(folder.resolve("secret.key"), "a key of the daemon's\n");
        Files.createSymbolicLink(log().file(), secret);
        log().cut();
        assertThat(secret).hasContent("a key of the daemon's");

        Files.delete(log().file());
        Files.writeString(log().file(), "a line\n");
        Files.createSymbolicLink(folder.resolve("server.log.1"), secret);
        log().cut();

        assertThat(secret).hasContent("a key of the daemon's");
        assertThat(folder.resolve("server.log.1")).isRegularFile().hasContent("a line");
        assertThat(log().file()).hasSize(0);
    }

    @Test
    void of_a_log_that_cannot_be_kept_nothing_goes_on_growing() throws IOException {
        Files.writeString(log().file(), "a line\n");
        Files.createDirectories(folder.resolve("server.log.1/in the way"));

        assertThatThrownBy(() -> log().cut()).isInstanceOf(IOException.class);

        assertThat(log().file()).hasSize(0);
    }

    private ServerLog log() {
        return new ServerLog(folder.resolve("server.log"));
    }
}
