package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.assent.model.ApplicationName;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.Recorded.Standing;
import dev.assent.model.ServerKey;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.provider.Health;
import dev.assent.reconcile.Lookout.Seen;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LookoutTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private static Lookout lookout(Origin origin, Function<ServerKey, Health> look) {
        return lookout(origin, look, Stream.of("one", "two"));
    }

    private static Lookout lookout(
            Origin origin, Function<ServerKey, Health> look, Stream<String> names) {
        var servers =
                names.map(it ->
                                new RecordedServer(
                                        ServerSpec.of(it), new Endpoint("127.0.0.1", 20_001)))
                        .toList();
        var group =
                new RecordedGroup(
                        GroupName.parse("postgresql/main").orElseThrow(),
                        Specification.of(Variant.POSTGRESQL).pinned(new Version("16")),
                        origin,
                        Standing.fresh(origin, true),
                        servers);
        var recorded = new Recorded(new ApplicationName("shop", "production"), 1, List.of(group));
        return new Lookout(() -> List.of(recorded), look, InstantSource.fixed(NOW));
    }

    private static Health running(String detail) {
        return new Health(
                Health.State.RUNNING,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.of(detail).filter(it -> !it.isEmpty()));
    }

    private static List<Seen> seen(Lookout lookout) {
        return lookout.view().orElseThrow().servers();
    }

    @Test
    void nothing_is_known_before_the_first_look() {
        try (var lookout = lookout(Origin.MANIFEST, _ -> running(""))) {
            assertThat(lookout.view()).isEmpty();
        }
    }

    @Test
    void it_looks_at_once_when_it_is_started() {
        try (var lookout = lookout(Origin.MANIFEST, _ -> running(""))) {
            lookout.start();

            Awaitility.await().until(() -> lookout.view().isPresent());
            assertThat(lookout.view().orElseThrow().at()).isEqualTo(NOW);
            assertThat(seen(lookout)).extracting(Seen::replica).containsExactly(false, true);
        }
    }

    @Test
    void nobody_waits_for_servers_that_hang_when_it_looks_no_more() {
        var hanging = new CountDownLatch(8);
        var never = new Semaphore(0);
        Function<ServerKey, Health> look =
                _ -> {
                    hanging.countDown();
                    never.acquireUninterruptibly();
                    return running("");
                };
        var many = IntStream.range(0, 20).mapToObj(it -> "s" + it);
        var lookout = lookout(Origin.MANIFEST, look, many);
        try {
            lookout.start();
            Awaitility.await().until(() -> hanging.getCount() == 0);

            assertTimeoutPreemptively(Duration.ofSeconds(10), lookout::close);
        } finally {
            never.release(20);
        }
    }

    @Test
    void a_look_that_fails_is_a_server_that_does_not_answer_and_spoils_no_other() {
        Function<ServerKey, Health> look =
                it -> {
                    if (it.server().name().equals("one")) throw new IllegalStateException("no");
                    return running("");
                };
        try (var lookout = lookout(Origin.MANIFEST, look)) {
            lookout.goRound();

            assertThat(seen(lookout))
                    .extracting(it -> it.health().state())
                    .containsExactly(Health.State.UNREACHABLE, Health.State.RUNNING);
        }
    }

    @Test
    void a_replica_that_answers_and_has_something_to_complain_of_is_cut_off() {
        try (var lookout = lookout(Origin.MANIFEST, _ -> running("it receives no changes"))) {
            lookout.goRound();

            assertThat(seen(lookout)).extracting(Seen::isCutOff).containsExactly(false, true);
        }
    }

    @Test
    void of_servers_that_were_adopted_nobody_knows_what_follows_what() {
        try (var lookout = lookout(Origin.ADOPTED, _ -> running("adopted"))) {
            lookout.goRound();

            assertThat(seen(lookout)).extracting(Seen::isCutOff).containsExactly(false, false);
        }
    }
}
