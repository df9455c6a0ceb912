package dev.assent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.http.api.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusTextTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    @Test
    void servers_are_shown_as_recorded_and_as_seen_and_findings_with_what_can_be_done() {
        var text =
                StatusText.of(
                        status(
                                List.of(
                                        server("a", "primary", Optional.empty(), Optional.empty()),
                                        server("b", "replica", Optional.empty(), Optional.of(40L)),
                                        server(
                                                "c",
                                                "replica",
                                                Optional.of("primary"),
                                                Optional.of(90_000L))),
                                List.of(
                                        new Status.Finding(
                                                "postgresql/main",
                                                "c",
                                                "writable",
                                                "c of postgresql/main takes writes",
                                                NOW.minusSeconds(300),
                                                Optional.of("p-1a2b3c4d"),
                                                "plan p-1a2b3c4d would mend it"))),
                        NOW);

        assertThat(text)
                .contains(
                        """
                        shop/production
                          postgresql/main  postgresql 16.15
                            a  primary                   127.0.0.1:20000  running  since 10 min ago
                            b  replica                   127.0.0.1:20000  running  since 10 min ago  40 ms behind
                            c  replica, in fact primary  127.0.0.1:20000  running  since 10 min ago  runs 16.9; 90 s behind; edited: pg_hba.conf
                          found 5 min ago: c of postgresql/main takes writes; plan p-1a2b3c4d would mend it
                        """);
    }

    private static Status.Server server(
            String name, String role, Optional<String> observed, Optional<Long> lag) {
        return new Status.Server(
                name,
                role,
                observed,
                "127.0.0.1:20000",
                observed.map(_ -> "16.9"),
                "running",
                Optional.of(4711L),
                Optional.of(NOW.minusSeconds(600)),
                lag,
                Optional.empty(),
                observed.map(_ -> List.of("pg_hba.conf")).orElse(List.of()),
                Optional.empty());
    }

    private static Status status(List<Status.Server> servers, List<Status.Finding> findings) {
        var group =
                new Status.Group(
                        "postgresql/main",
                        "postgresql",
                        Optional.of("16.15"),
                        false,
                        false,
                        "manifest",
                        Optional.empty(),
                        Optional.empty(),
                        servers);
        return new Status(
                Optional.empty(),
                List.of(),
                List.of(
                        new Status.Application(
                                "shop",
                                "production",
                                3,
                                Optional.empty(),
                                List.of(group),
                                findings,
                                List.of())),
                List.of(),
                List.of());
    }
}
