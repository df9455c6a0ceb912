package dev.assent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.systemd.Listener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged program under somebody who listens as systemd does: what it is told when the
/// configuration is read anew, and what then counts.
class ReloadIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String MANIFEST =
            """
            postgresql:
              groups:
                main:
                  configuration: {version: "16"}
                  servers:
                  - server: {unique_name: main}
            """;

    @TempDir Path folder;

    @Test
    void a_daemon_takes_a_good_configuration_while_it_runs_and_leaves_a_bad_one() throws Exception {
        try (var systemd = Listener.at(folder.resolve("notify").toString());
                var installation = new Installation(folder)) {
            installation.push("apps/shop/manifest.yml", MANIFEST);
            installation.start(Map.of("NOTIFY_SOCKET", systemd.address()));
            assertThat(systemd.next()).isEqualTo("READY=1\nSTATUS=watching 1 repository");
            var plan = installation.newPlan();
            var good = configuration();

            configure(good + "plan_ttll: 3d\n");
            var bad = installation.assent("config", "reload");
            assertThat(bad.code()).isEqualTo(1);
            assertThat(bad.err()).contains("assent.yml:6:1").contains("plan_ttl");
            assertThat(nextThatBegins(systemd, "RELOADING=1")).contains("MONOTONIC_USEC=");
            assertThat(systemd.next()).startsWith("READY=1");
            assertThat(installation.log()).contains("the former one stays in force");

            configure(good + "policy: policy.yml\n");
            Files.writeString(folder.resolve("policy.yml"), "rules: []\n");
            var reloaded = installation.assent("config", "reload");
            assertThat(reloaded.err()).isEmpty();
            assertThat(reloaded.out())
                    .isEqualTo("The configuration is in force. Changed: policy.\n");
            assertThat(installation.assent("approve", plan, "--quiet").code()).isEqualTo(1);

            configure(good.replace("name: platform", "name: other"));
            installation.hangUp();
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(installation.assent("status").out())
                                    .as(installation.log())
                                    .contains("other")
                                    .doesNotContain("  platform "));
            assertThat(installation.assent("history").out()).contains("configuration.reloaded");
        }
    }

    @Test
    void a_poll_that_hangs_is_told_to_systemd_instead_of_a_sign_of_life() throws Exception {
        try (var systemd = Listener.at(folder.resolve("notify").toString());
                var installation = new Installation(folder)) {
            installation.configure("poll_timeout: 1s\n", "");
            installation.push("apps/shop/manifest.yml", "{}\n");
            installation.start(
                    Map.of("NOTIFY_SOCKET", systemd.address(), "WATCHDOG_USEC", "300000"));
            assertThat(nextThatBegins(systemd, "WATCHDOG=1")).isNotEmpty();

            var branch = folder.resolve("platform.git/refs/heads/main");
            Files.delete(branch);
            assertThat(new ProcessBuilder("mkfifo", branch.toString()).start().waitFor()).isZero();

            assertThat(nextThatBegins(systemd, "STATUS=the daemon hangs"))
                    .contains("the poll of repository platform ends within 1 s");
            Files.delete(branch);
        }
    }

    private String configuration() throws IOException {
        return Files.readString(folder.resolve("assent.yml"));
    }

    private void configure(String text) throws IOException {
        Files.writeString(folder.resolve("assent.yml"), text);
    }

    private static String nextThatBegins(Listener listener, String words) throws IOException {
        while (true) {
            var next = listener.next();
            if (next.startsWith(words)) return next;
        }
    }
}
