package dev.assent.http;

import dev.assent.http.api.Status;
import dev.assent.log.Complaints;
import dev.assent.model.ApplicationName;
import dev.assent.model.Backups;
import dev.assent.model.GroupAddress;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.ServerKey;
import dev.assent.model.Version;
import dev.assent.provider.Health;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the servers of applications, at many at the same time and at none for ever: one that
/// hangs or fails costs its own line, and not the answer.
///
/// @param patience how long all looks together may take
record Watch(Desk desk, Duration patience) {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final int AT_ONCE = 16;

    /// People look every few seconds.
    private static final Complaints COMPLAINTS = new Complaints();

    Map<ApplicationName, List<Status.Group>> groups(List<Recorded> records) {
        var seen = seen(records.stream().flatMap(Watch::keys).toList());
        return records.stream()
                .collect(
                        Collectors.toMap(
                                Recorded::application,
                                record ->
                                        record.groups().stream()
                                                .map(it -> group(record, it, seen))
                                                .toList()));
    }

    private Map<ServerKey, Health> seen(List<ServerKey> keys) {
        // Not closed but shut down: to close would be to wait for those that hang.
        var threads = Executors.newFixedThreadPool(AT_ONCE, Thread.ofPlatform().daemon().factory());
        try {
            var looks = keys.stream().map(it -> (Callable<Health>) () -> look(it)).toList();
            var ended = threads.invokeAll(looks, patience.toMillis(), TimeUnit.MILLISECONDS);
            var seen = new HashMap<ServerKey, Health>();
            for (var i = 0; i < keys.size(); i++) {
                var look = ended.get(i);
                if (look.state() == Future.State.SUCCESS) seen.put(keys.get(i), look.resultNow());
            }
            return seen;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of();
        } finally {
            threads.shutdownNow();
        }
    }

    private Health look(ServerKey key) {
        try {
            var health = desk.health(key);
            COMPLAINTS.isOver(key.toString());
            return health;
        } catch (RuntimeException e) {
            if (COMPLAINTS.isDue(key.toString(), e.toString())) {
                LOG.error("could not look at {}: {}", key, e.getMessage(), e);
            }
            return unreachable(Optional.ofNullable(e.getMessage()).orElse(e.toString()));
        }
    }

    private Health notSeen() {
        return unreachable(
                "it could not be looked at within %d s"
                        .formatted(Math.max(1, patience.toSeconds())));
    }

    private static Health unreachable(String detail) {
        return new Health(
                Health.State.UNREACHABLE,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.of(detail));
    }

    private static Stream<ServerKey> keys(Recorded recorded) {
        return recorded.groups().stream()
                .flatMap(group -> group.servers().stream().map(it -> key(recorded, group, it)));
    }

    private static ServerKey key(Recorded recorded, RecordedGroup group, RecordedServer server) {
        return new ServerKey(recorded.application(), group.name(), server.name());
    }

    private Status.Group group(
            Recorded recorded, RecordedGroup group, Map<ServerKey, Health> seen) {
        return new Status.Group(
                group.name().toString(),
                group.specification().variant().word(),
                group.specification().version().map(Version::text),
                group.primary(),
                group.standing().isProtected(),
                group.origin().name().toLowerCase(Locale.ROOT),
                group.standing().replicatesFrom().map(GroupAddress::toString),
                group.standing().backups().map(Backups::toString),
                group.servers().stream()
                        .map(it ->
                                ObservedServer.of(
                                        group,
                                        it,
                                        Optional.ofNullable(seen.get(key(recorded, group, it)))
                                                .orElseGet(this::notSeen)))
                        .toList());
    }
}
