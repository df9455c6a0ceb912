package dev.assent.provider.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {

    @TempDir Path folder;

    @Test
    void an_id_alone_is_no_process() {
        var we = ServerProcess.of(ProcessHandle.current().pid()).orElseThrow();

        assertThat(we.lives()).isTrue();
        assertThat(new ServerProcess(we.pid(), "1@another start").lives()).isFalse();
        assertThat(we.since()).isPresent();
    }

    @Test
    void a_lost_process_is_found_by_its_command_and_by_its_folder() throws IOException {
        var user = ServersUser.choose(Optional.empty());
        var table = new ProcessTable(user);
        var data = folder.resolve("data").toString();
        var command = List.of("sh", "-c", "read line", "-D", data);
        var process = new ProcessBuilder(user.as(command)).directory(Path.of("/").toFile()).start();
        try {
            await().untilAsserted(() ->
                    assertThat(table.server(command))
                            .map(ServerProcess::pid)
                            .hasValue(process.pid()));
            assertThat(table.on(folder.resolve("data")))
                    .extracting(ServerProcess::pid)
                    .containsExactly(process.pid());
            assertThat(table.server(List.of("sh", "-c", "read line", "-D"))).isEmpty();
            assertThat(table.on(folder.resolve("dat"))).isEmpty();
        } finally {
            process.destroyForcibly();
        }
        await().untilAsserted(() -> assertThat(table.server(command)).isEmpty());
    }

    @Test
    void the_end_of_a_log_is_what_was_written_since() throws IOException {
        var log = new ServerLog(folder.resolve("server.log"));
        assertThat(log.linesSince(0)).isEmpty();
        Files.writeString(log.file(), "old\n");
        var before = log.length();
        Files.writeString(log.file(), "old\nnew ü\n\nnewer\n");

        assertThat(log.linesSince(before)).containsExactly("new ü", "newer");
    }

    @Test
    void a_command_gets_nothing_of_our_environment() throws IOException {
        var ended = Commands.run(List.of("env"), folder);

        assertThat(ended.printed().lines())
                .allMatch(it -> it.matches("(PATH|LC_ALL|TZ|PWD|SHLVL|_)=.*"));
    }
}
