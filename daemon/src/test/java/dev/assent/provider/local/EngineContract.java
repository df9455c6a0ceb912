package dev.assent.provider.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.assent.model.Endpoint;
import dev.assent.model.ServerKey;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.provider.BuildOrder;
import dev.assent.provider.Health;
import dev.assent.provider.Progress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// The life of a group of three servers, and of another group that follows it for a while.
final class EngineContract {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final LocalRoom room;
    private final LocalProvider provider;
    private final Client client;

    private BuildOrder one;
    private BuildOrder two;
    private BuildOrder three;
    private BuildOrder other;

    /// Every row that a server has acknowledged.
    private final Set<String> acknowledged = new LinkedHashSet<>();

    EngineContract(LocalRoom room, Variant variant, Version version) {
        this.room = room;
        this.provider = room.provider;
        this.client = Client.of(variant);
        this.one = room.order("shop", "db1", variant, version);
        this.two = LocalRoom.following(room.order("shop", "db2", variant, version), one);
        this.three = LocalRoom.following(room.order("shop", "db3", variant, version), one);
        this.other = room.order("copy", "db1", variant, version);
    }

    void hold() throws Exception {
        is_built_and_scaled();
        keeps_every_acknowledged_row_when_its_primary_is_killed();
        gets_new_passwords();
        is_copied_by_another_group_until_that_goes_its_own_way();
        goes_without_a_trace();
    }

    private void is_built_and_scaled() throws Exception {
        provider.build(one, Progress.SILENT);
        write(one, "before there were replicas");

        together(List.of(() -> room.build(two), () -> room.build(three), () -> room.build(other)));

        write(one, "to replicas");
        assertFollowing(one, two, three);
    }

    /// It dies in the middle of its work, with nobody to say what its replicas have.
    private void keeps_every_acknowledged_row_when_its_primary_is_killed() throws Exception {
        writeUntilKilled(one);

        provider.fence(one.key(), two.key(), one.credentials(), Progress.SILENT);
        provider.start(one.key(), one.credentials());
        assertThat(room.health(one).state()).isEqualTo(Health.State.FENCED);
        provider.promote(two.key(), two.credentials(), Progress.SILENT);
        three = LocalRoom.following(three, two);
        one = LocalRoom.following(one, two);
        provider.follow(three, Progress.SILENT);
        provider.follow(one, Progress.SILENT);

        write(two, "to the one that was promoted");
        assertFollowing(two, three, one);
    }

    private void gets_new_passwords() throws Exception {
        var old = two.credentials();
        var fresh = LocalRoom.credentials(old.username());
        for (var repeated = 0; repeated < 2; repeated++) {
            for (var server : List.of(two, three, one)) {
                provider.rekey(server.key(), old, fresh, Progress.SILENT);
            }
        }
        two = LocalRoom.with(two, fresh);
        three = LocalRoom.with(three, fresh);
        one = LocalRoom.with(one, fresh);

        write(two, "with a new password");
        assertFollowing(two, three, one);
        assertThatThrownBy(() -> client.rows(endpoint(two), old)).isNotNull();
    }

    private void is_copied_by_another_group_until_that_goes_its_own_way() throws Exception {
        client.write(endpoint(other), other.credentials(), "to be forgotten");
        var place = endpoint(other);
        other = LocalRoom.following(other, two);

        assertThat(provider.rebuild(other, Progress.SILENT)).isEqualTo(place);

        write(two, "to another group");
        assertFollowing(two, other);

        provider.promote(other.key(), other.credentials(), Progress.SILENT);
        client.write(place, other.credentials(), "of one's own");
        write(two, "to oneself");

        assertThat(client.rows(place, other.credentials()))
                .contains("to another group", "of one's own")
                .doesNotContain("to oneself", "to be forgotten");
        assertThat(room.health(other).edited()).isEmpty();
        assertFollowing(two, three, one);
    }

    private void goes_without_a_trace() throws Exception {
        var ports = List.of(endpoint(one), endpoint(two), endpoint(three), endpoint(other));

        together(List.of(() -> remove(one), () -> remove(three), () -> remove(other)));
        remove(two);

        room.assertNothingIsLeft();
        for (var port : ports) assertFree(port);
    }

    private ServerKey remove(BuildOrder server) {
        provider.remove(server.key(), Progress.SILENT);
        return server.key();
    }

    private static void assertFree(Endpoint endpoint) throws IOException {
        new ServerSocket(endpoint.port(), 1, InetAddress.getLoopbackAddress()).close();
    }

    private void write(BuildOrder server, String row) throws Exception {
        client.write(endpoint(server), server.credentials(), row);
        acknowledged.add(row);
    }

    /// Until a write fails, which is after the server was killed amid the writing.
    private void writeUntilKilled(BuildOrder server) {
        var pid = room.pid(server);
        for (var number = 1; ; number++) {
            if (number == 20) ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            try {
                write(server, "row " + number);
            } catch (Exception killed) {
                assertThat(number).isGreaterThanOrEqualTo(20);
                break;
            }
        }
        await().atMost(SOON).until(() -> room.health(server).state() == Health.State.STOPPED);
    }

    /// Replicas have all that was acknowledged, follow that very primary, and say that all is well.
    private void assertFollowing(BuildOrder primary, BuildOrder... replicas) throws Exception {
        assertThat(client.rows(endpoint(primary), primary.credentials())).containsAll(acknowledged);
        assertThat(room.health(primary).answer().orElseThrow().replica()).isFalse();
        for (var replica : replicas) {
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(client.rows(endpoint(replica), replica.credentials()))
                                    .as(replica.key().toString())
                                    .containsAll(acknowledged));
            var health = room.health(replica);
            assertThat(health.state()).isEqualTo(Health.State.RUNNING);
            assertThat(health.detail()).isEmpty();
            assertThat(health.edited()).isEmpty();
            assertThat(health.free().orElseThrow()).isPositive();
            assertThat(health.answer().orElseThrow().source()).hasValue(endpoint(primary));
        }
    }

    private Endpoint endpoint(BuildOrder server) throws IOException {
        return room.endpoint(server);
    }

    private static <T> void together(List<Callable<T>> deeds) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(deeds)) done.get();
        }
    }
}
