package dev.assent.provider.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.ApplicationName;
import dev.assent.model.GroupName;
import dev.assent.model.ServerKey;
import dev.assent.model.ServerName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLockTest {

    private static final ServerKey MAIN = key("main");

    @TempDir Path folder;

    private Path servers = Path.of("");

    private Optional<Process> process = Optional.empty();

    @BeforeEach
    void name() {
        servers = folder.resolve("servers");
    }

    @AfterEach
    void end() {
        process.ifPresent(Process::destroyForcibly);
    }

    /// Another process of this machine that has a server for itself until it ends.
    public static final class Holder {

        public static void main(String[] arguments) throws IOException {
            ServerLock.of(Path.of(arguments[0]), key(arguments[1])).lock();
            System.out.println("locked");
            var _ = System.in.read();
        }
    }

    @Test
    void a_thread_may_do_one_thing_inside_another_one() {
        var lock = ServerLock.of(servers, MAIN);
        lock.lock();
        lock.lock();
        lock.unlock();

        assertThat(CompletableFuture.supplyAsync(lock::tryLock).join()).isFalse();
        lock.unlock();
        assertThat(CompletableFuture.supplyAsync(lock::tryLock).join()).isTrue();
    }

    @Test
    void what_another_process_does_something_to_is_busy_and_free_when_that_is_killed()
            throws Exception {
        var other = hold(MAIN);
        var lock = ServerLock.of(servers, MAIN);

        assertThat(lock.isLocked()).isTrue();
        assertThat(lock.tryLock()).isFalse();
        assertThat(ServerLock.of(servers, key("other")).tryLock()).isTrue();

        var waiting = CompletableFuture.runAsync(lock::lock);
        assertThat(waiting).isNotDone();
        other.destroyForcibly();
        waiting.get(10, TimeUnit.SECONDS);
    }

    @Test
    void a_process_that_is_stopped_is_killed_before_it_can_go_on() throws Exception {
        var other = hold(MAIN);
        new ProcessBuilder("kill", "-STOP", Long.toString(other.pid())).start().waitFor();

        CompletableFuture.runAsync(ServerLock.of(servers, MAIN)::lock).get(20, TimeUnit.SECONDS);

        assertThat(other.waitFor(1, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_folder_that_was_made_anew_has_locks_of_its_own() throws Exception {
        var lock = ServerLock.of(servers, MAIN);
        lock.lock();
        lock.unlock();
        Files.delete(LockFile.path(servers));
        hold(MAIN);

        assertThat(lock.tryLock()).isFalse();
    }

    private Process hold(ServerKey server) throws IOException {
        var other =
                new ProcessBuilder(
                                List.of(
                                        ProcessHandle.current().info().command().orElseThrow(),
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Holder.class.getName(),
                                        servers.toString(),
                                        server.server().toString()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        process = Optional.of(other);
        assertThat(other.inputReader().readLine()).isEqualTo("locked");
        return other;
    }

    private static ServerKey key(String server) {
        return new ServerKey(
                ApplicationName.parse("shop/production").orElseThrow(),
                GroupName.parse("redis/main").orElseThrow(),
                new ServerName(server));
    }
}
