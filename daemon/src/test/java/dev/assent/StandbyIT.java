package dev.assent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.http.ServerFile;
import dev.assent.state.SharedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two real daemons that share a record on a real PostgreSQL.
class StandbyIT {

    private static final Path PROGRAM =
            Path.of(System.getProperty("assent.program", "target/assent"), "bin", "assent");

    /// The lease, and a start.
    private static final Duration SOON = Duration.ofSeconds(15);

    @TempDir Path folder;

    private final List<Process> daemons = new ArrayList<>();

    @BeforeEach
    void configure() throws Exception {
        var record = SharedPostgres.database();
        Files.writeString(
                folder.resolve("assent.yml"),
                """
                repositories:
                - name: platform
                  url: file://%s/platform.git
                  manifests: ["apps/{app}/manifest.yml"]
                record: {url: "postgresql://%s@%s:%d/%s?sslmode=disable", password_file: "%s"}
                """
                        .formatted(
                                folder,
                                record.user(),
                                record.hosts().getFirst().host(),
                                record.hosts().getFirst().port(),
                                record.database(),
                                record.passwordFile().orElseThrow()));
    }

    @AfterEach
    void end() {
        daemons.forEach(Process::destroyForcibly);
    }

    @Test
    void one_works_and_when_it_is_killed_or_paused_the_other_goes_on_and_never_both()
            throws Exception {
        var one = start("one");
        await().atMost(SOON).until(() -> works("one"));
        var other = start("other");
        await().atMost(SOON).until(() -> log("other").contains("standing by: one"));
        assertThat(works("other")).isFalse();

        one.destroyForcibly();
        await().atMost(SOON).until(() -> works("other"));

        var third = start("third");
        await().atMost(SOON).until(() -> log("third").contains("standing by: other"));
        var unwanted = start("unwanted");
        await().atMost(SOON).until(() -> log("unwanted").contains("standing by: other"));
        unwanted.destroy();
        assertThat(unwanted.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        signal(other, "STOP");
        await().atMost(SOON).until(() -> works("third"));
        signal(other, "CONT");
        assertThat(other.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(other.exitValue()).isEqualTo(75);
        assertThat(log("other")).contains("this daemon may not go on");

        var fourth = start("fourth");
        await().atMost(SOON).until(() -> log("fourth").contains("standing by: third"));
        third.destroy();
        assertThat(third.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        await().atMost(SOON).until(() -> works("fourth"));
        assertThat(fourth.isAlive()).isTrue();
    }

    private Process start(String node) throws IOException {
        var daemon =
                new ProcessBuilder(
                                PROGRAM.toAbsolutePath().toString(),
                                "daemon",
                                "--config",
                                folder.resolve("assent.yml").toString(),
                                "--state",
                                folder.resolve("state").toString(),
                                "--run",
                                folder.resolve("run-" + node).toString(),
                                "--listen",
                                "127.0.0.1:0",
                                "--node",
                                node)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve(node + ".log").toFile())
                        .start();
        daemons.add(daemon);
        return daemon;
    }

    private boolean works(String node) {
        return ServerFile.read(folder.resolve("run-" + node)).isPresent();
    }

    private String log(String node) throws IOException {
        return Files.readString(folder.resolve(node + ".log"));
    }

    private static void signal(Process process, String signal) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    }
}
