package dev.assent.provider.local;

import dev.assent.model.ServerKey;
import dev.assent.plan.StepKey;
import dev.assent.provider.BuildOrder;
import dev.assent.provider.OccupiedException;
import dev.assent.provider.Progress;
import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/// Whose a built server is: the step's that built it, and nobody else's to replace or to remove.
record Ownership(LocalServers servers) {

    /// The server of an order that its step has built already; empty where it is still to be built.
    /// What is half built is nobody's, nor is one of which nothing is left: it is cleared away.
    Optional<LocalServer> built(BuildOrder order, Progress progress) throws IOException {
        var there = servers.find(order.key());
        if (there.isEmpty()) return Optional.empty();
        var record = there.get().record();
        if (record.isOf(order) && record.isOf(progress.step())) {
            var server = servers.settled(order.key(), progress);
            refuseFenced(server);
            return Optional.of(server);
        }
        if (there.get().isThere()) throw new OccupiedException(occupant(there.get()));
        servers.remove(order.key());
        return Optional.empty();
    }

    /// Removes a server that a step has built or begun to build. Data that nobody can say anything
    /// about stays.
    void discard(ServerKey server, StepKey builder) throws IOException {
        var there = servers.find(server);
        var ours =
                there.isPresent()
                        ? there.get().record().isOf(Optional.of(builder))
                        : !Files.exists(servers.folder(server).content());
        if (ours) servers.remove(server);
    }

    /// Has a server that is as the order says, and lets in by its passwords, be a step's own.
    void adopt(BuildOrder order, Progress progress) throws IOException {
        var there = servers.settled(order.key(), progress);
        if (!there.record().isOf(order)) {
            throw new ProviderException("it is not what was ordered: " + occupant(there));
        }
        refuseFenced(there);
        there.start(order.credentials());
        if (progress.step().isEmpty()) return;
        there.recorded(there.again().record().builtBy(progress.step().get()));
    }

    private static void refuseFenced(LocalServer server) {
        if (!server.record().fenced()) return;
        throw new ProviderException(
                "it is fenced, since a plan gives what it did to another server; resume that plan");
    }

    /// What stands where another server was to be built, as the end of a sentence.
    static String occupant(LocalServer server) {
        var record = server.record();
        var builder =
                record.builder()
                        .map(it -> "built by " + it.words())
                        .orElse("of which nobody noted who built it");
        var role =
                record.fenced()
                        ? "fenced"
                        : record.source()
                                .map(it -> "a replica of " + it)
                                .orElse("following nobody");
        return "another server is there already, in %s (%s %s, %s, %s, on %s), and was left alone; where nobody needs it, move that folder away"
                .formatted(
                        server.folder().path(),
                        record.specification().variant(),
                        record.version(),
                        role,
                        builder,
                        server.site().endpoint());
    }
}
