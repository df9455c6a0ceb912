package dev.assent.trace.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.log.About;
import dev.assent.log.Captured;
import dev.assent.log.LogLevel;
import dev.assent.log.Redaction;
import dev.assent.model.ApplicationName;
import dev.assent.model.Secret;
import dev.assent.trace.Stage;
import dev.assent.trace.Traces;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtlpFollowerTest {

    private static final About SHOP = About.application(new ApplicationName("shop", "production"));

    @TempDir private Path folder;

    @AfterEach
    void nobodyFollowsAnyMore() {
        Traces.follow();
    }

    @Test
    void what_signs_in_at_the_collector_stands_in_a_file() throws Exception {
        var file = Files.writeString(folder.resolve("headers"), "X-Scope: assent-traces\n\n# x\n");
        try (var collector = Collector.start()) {
            try (var follower = new OtlpFollower(collector.endpoint(), Optional.of(file), "1")) {
                Traces.follow(follower);
                Traces.begin(Stage.APPLY, SHOP).close();
            }

            assertThat(collector.spans()).hasSize(1);
            assertThat(collector.headers()).containsExactly("assent-traces");
        }
    }

    @Test
    void what_signs_in_is_known_as_a_secret_and_a_tenants_name_is_none() throws Exception {
        var file =
                Files.writeString(
                        folder.resolve("headers"),
                        "X-Scope-OrgID: orchards\nAuthorization: Bearer canary-of-a-collector\n");

        assertThat(new Headers(Optional.of(file)).read()).hasSize(2);

        assertThat(Redaction.of("orchards/production is planned"))
                .isEqualTo("orchards/production is planned");
        assertThat(Redaction.of("it takes no canary-of-a-collector"))
                .isEqualTo("it takes no [secret]");
    }

    @Test
    void a_collector_that_is_not_there_is_told_of_once_and_keeps_nobody() throws Exception {
        try (var captured = Captured.at(LogLevel.INFO)) {
            var nobody = URI.create("http://127.0.0.1:1/v1/traces");
            for (var i = 0; i < 2; i++) {
                Traces.follow();
                try (var follower = new OtlpFollower(nobody, Optional.empty(), "1")) {
                    Traces.follow(follower);
                    for (var j = 0; j < 1000; j++) Traces.begin(Stage.APPLY, SHOP).close();
                }
                // Once for each of them.
                assertThat(captured.json())
                        .hasSize(i + 1)
                        .allSatisfy(it -> assertThat(it).contains("traces do not reach", "warn"));
            }
        }
    }

    @Test
    void no_secret_is_in_a_trace() throws Exception {
        var secret = Secret.of("canary-of-a-trace").reveal();
        try (var collector = Collector.start()) {
            try (var follower = new OtlpFollower(collector.endpoint(), Optional.empty(), "1")) {
                Traces.follow(follower);
                try (var _ = Traces.begin(Stage.APPLY, SHOP)) {
                    Traces.failed("the server said " + secret);
                }
            }

            var spans = collector.spans();
            assertThat(spans.getFirst().getStatus().getMessage())
                    .isEqualTo("the server said [secret]");
            assertThat(spans.toString()).doesNotContain(secret);
        }
    }
}
