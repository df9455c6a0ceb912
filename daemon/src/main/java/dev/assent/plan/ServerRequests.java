package dev.assent.plan;

import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.ServerName;
import dev.assent.plan.Change.PromoteServer;
import dev.assent.plan.Change.ResyncServer;
import dev.assent.plan.Request.Promote;
import dev.assent.plan.Request.Resync;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What is asked of the servers of a group that exists: that another one is primary, that one gets
/// a fresh copy, that their users get new passwords. No manifest says any of that, so that none can
/// contradict it.
final class ServerRequests {

    private final Scene scene;
    private final Draft draft;
    private final Because because;

    ServerRequests(Scene scene, Draft draft, Because because) {
        this.scene = scene;
        this.draft = draft;
        this.because = because;
    }

    /// Why a server cannot be promoted; where it can, the change is in the draft.
    Optional<String> promote(RecordedGroup group, Promote request) {
        var foreign = adopted(group).or(() -> onlyCopies(group));
        if (foreign.isPresent()) return foreign;
        var primary = group.primaryServer().name();
        if (request.server().equals(primary)) {
            return Optional.of(
                    "%s is the primary server of %s already".formatted(primary, group.name()));
        }
        if (group.server(request.server()).isEmpty()) return unknown(group, request.server());
        if (request.forsaken() && group.standing().isProtected()) {
            return Optional.of(scene.guarded(group));
        }
        draft.propose(
                new PromoteServer(group.name(), request.server(), primary, request.forsaken()),
                because);
        return Optional.empty();
    }

    private Optional<String> onlyCopies(RecordedGroup group) {
        return group.standing()
                .replicatesFrom()
                .map(source ->
                        "%s follows %s and has no primary server of its own; to have it go on by itself: %s"
                                .formatted(
                                        group.name(),
                                        source,
                                        Commands.stopReplicating(scene.address(group.name()))));
    }

    /// Why a server cannot be copied anew; where it can, the change is in the draft. Whether it
    /// holds what its source never had is not known here: whoever sees that asks for that change
    /// himself.
    Optional<String> resync(RecordedGroup group, Resync request) {
        var foreign = adopted(group);
        if (foreign.isPresent()) return foreign;
        var following = following(group);
        if (following.isEmpty()) {
            return Optional.of(
                    "%s has no replica and follows nobody: there is nothing to copy it from"
                            .formatted(group.name()));
        }
        if (request.server().isEmpty() && following.size() > 1) {
            return Optional.of(
                    "%s has %d replicas; say which: %s"
                            .formatted(group.name(), following.size(), names(following)));
        }
        var server = request.server().orElseGet(following::getFirst);
        if (group.server(server).isEmpty()) return unknown(group, server);
        if (!following.contains(server)) {
            return Optional.of(
                    "%s is the primary server of %s: the others are copies of it, and it of nobody; say which of them: %s"
                            .formatted(server, group.name(), names(following)));
        }
        draft.propose(new ResyncServer(group.name(), server, false), because);
        return Optional.empty();
    }

    /// The servers that follow another one, in or out of their group.
    private static List<ServerName> following(RecordedGroup group) {
        var first = group.standing().replicatesFrom().isPresent() ? 0 : 1;
        return group.servers().stream().skip(first).map(RecordedServer::name).toList();
    }

    /// Why the users get no new passwords; where they do, the change is in the draft.
    Optional<String> rotate(RecordedGroup group, Request.RotateCredentials request) {
        var foreign = adopted(group);
        if (foreign.isPresent()) return foreign;
        if (!group.name().engine().hasPassword()) {
            return Optional.of(
                    "%s has no passwords: %s knows none"
                            .formatted(group.name(), group.name().engine()));
        }
        if (group.standing().replicatesFrom().isPresent()) {
            var source = scene.origin(group);
            return Optional.of(
                    "%s follows %s and has that one's passwords; change them there: %s"
                            .formatted(group.name(), source, Commands.rotate(source)));
        }
        draft.propose(new Change.RotateCredentials(group.name(), request.application()), because);
        return Optional.empty();
    }

    private static Optional<String> adopted(RecordedGroup group) {
        if (group.origin() != Origin.ADOPTED) return Optional.empty();
        return Optional.of(
                "%s is adopted: Assent knows where it is, and does nothing to its servers"
                        .formatted(group.name()));
    }

    private static Optional<String> unknown(RecordedGroup group, ServerName server) {
        return Optional.of(
                "%s has no server %s; it has %s"
                        .formatted(
                                group.name(),
                                server,
                                names(
                                        group.servers().stream()
                                                .map(RecordedServer::name)
                                                .toList())));
    }

    private static String names(List<ServerName> servers) {
        return servers.stream().map(ServerName::name).collect(Collectors.joining(", "));
    }
}
