package dev.assent.http;

import dev.assent.http.api.Status;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.ServerKey;
import dev.assent.model.Version;
import dev.assent.provider.ProviderException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/// Looks at the servers of an application, all at the same time: one that hangs costs its own time
/// limit and not the sum of all.
record Watch(Desk desk) {

    List<Status.Group> groups(Recorded recorded) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var looks =
                    recorded.groups().stream()
                            .map(group ->
                                    group.servers().stream()
                                            .map(server ->
                                                    CompletableFuture.supplyAsync(
                                                            () -> server(recorded, group, server),
                                                            threads))
                                            .toList())
                            .toList();
            var groups =
                    looks.stream()
                            .map(servers -> servers.stream().map(CompletableFuture::join).toList())
                            .iterator();
            return recorded.groups().stream().map(it -> group(it, groups.next())).toList();
        }
    }

    private static Status.Group group(RecordedGroup group, List<Status.Server> servers) {
        return new Status.Group(
                group.name().toString(),
                group.specification().variant().word(),
                group.specification().version().map(Version::text),
                group.primary(),
                group.origin().name().toLowerCase(Locale.ROOT),
                servers);
    }

    private Status.Server server(Recorded recorded, RecordedGroup group, RecordedServer server) {
        var role = server.equals(group.primaryServer()) ? "primary" : "replica";
        var address = server.endpoint().toString();
        try {
            var key = new ServerKey(recorded.application(), group.name(), server.name());
            var health = desk.health(key);
            return new Status.Server(
                    server.name().name(),
                    role,
                    address,
                    health.state().word(),
                    pid(health.pid()),
                    health.since(),
                    health.detail());
        } catch (ProviderException e) {
            return new Status.Server(
                    server.name().name(),
                    role,
                    address,
                    "unknown",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.ofNullable(e.getMessage()));
        }
    }

    private static Optional<Long> pid(OptionalLong pid) {
        return pid.isPresent() ? Optional.of(pid.getAsLong()) : Optional.empty();
    }
}
