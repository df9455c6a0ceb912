package dev.assent.doctor;

import dev.assent.configuration.Configuration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// How far this machine's clock is from that of a server which the configuration names.
record SkewCheck(URI server, InstantSource clock) implements Check {

    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final long MOST = 30;

    /// With the first server that speaks HTTP; empty where there is none.
    static Optional<SkewCheck> of(Configuration configuration) {
        return Stream.concat(
                        configuration.repositories().stream().map(it -> it.url()),
                        configuration.forges().values().stream().map(it -> it.api().toString()))
                .map(SkewCheck::server)
                .flatMap(Optional::stream)
                .findFirst()
                .map(it -> new SkewCheck(it, InstantSource.system()));
    }

    private static Optional<URI> server(String text) {
        try {
            var uri = URI.create(text);
            if (uri.getHost() == null) return Optional.empty();
            if (!Set.of("http", "https").contains(uri.getScheme())) return Optional.empty();
            var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return Optional.of(URI.create(uri.getScheme() + "://" + uri.getHost() + port + "/"));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    @Override
    public String subject() {
        return "clock and others";
    }

    @Override
    public Finding look() throws InterruptedException {
        try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var request =
                    HttpRequest.newBuilder(server)
                            .timeout(PATIENCE)
                            .method("HEAD", HttpRequest.BodyPublishers.noBody())
                            .build();
            var before = clock.instant();
            var date = http.send(request, BodyHandlers.discarding()).headers().firstValue("Date");
            var here = before.plus(Duration.between(before, clock.instant()).dividedBy(2));
            if (date.isEmpty()) return Finding.fine(server.getHost() + " tells no time");
            return compared(
                    here, ZonedDateTime.parse(date.get(), DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (IOException _) {
            return Finding.warning(
                    server.getHost() + " can't be asked what time it is",
                    "see what is said of the repositories");
        }
    }

    private Finding compared(Instant here, ZonedDateTime there) {
        var seconds = Duration.between(there.toInstant(), here).toSeconds();
        if (Math.abs(seconds) <= MOST) {
            return Finding.fine(
                    "no more than %d s from that of %s".formatted(MOST, server.getHost()));
        }
        return Finding.warning(
                "it is %d s %s that of %s: tokens will be refused as not valid yet or any more"
                        .formatted(
                                Math.abs(seconds),
                                seconds > 0 ? "ahead of" : "behind",
                                server.getHost()),
                "set it right: timedatectl set-ntp true");
    }
}
