package dev.assent.plan;

import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.ServerSpec;
import dev.assent.plan.Change.AddServer;
import dev.assent.plan.Change.RemoveServer;
import java.util.Optional;

/// The request for another number of replicas.
final class Scaling {

    private static final int MOST_REPLICAS = 50;

    private final Scene scene;
    private final Draft draft;
    private final Because because;

    Scaling(Scene scene, Draft draft, Because because) {
        this.scene = scene;
        this.draft = draft;
        this.because = because;
    }

    Optional<String> refuse(RecordedGroup group, int replicas) {
        var declared = scene.declared(group.name()).filter(it -> !it.servers().isEmpty());
        if (declared.isPresent()) {
            return Optional.of(
                    "the servers of %s are declared at %s; add or remove them there"
                            .formatted(group.name(), RequestPlanner.at(declared.get().place())));
        }
        if (replicas < 0 || replicas > MOST_REPLICAS) {
            return Optional.of(
                    "a group has from 0 to %d replicas, not %d".formatted(MOST_REPLICAS, replicas));
        }
        var now = group.servers().size() - 1;
        if (replicas == now) {
            return Optional.of("%s has %s already".formatted(group.name(), count(now)));
        }
        return replicas > now ? grow(group, replicas - now) : shrink(group, now - replicas);
    }

    private Optional<String> grow(RecordedGroup group, int more) {
        var reasons = scene.cannotGrow(group);
        if (!reasons.isEmpty()) {
            return Optional.of(
                    "%s gets no further server: %s"
                            .formatted(group.name(), String.join("; ", reasons)));
        }
        var names = new ServerNames(scene);
        for (var i = 0; i < more; i++) {
            var name = names.next(group.name().engine() + "-" + group.name().name() + "-replica");
            // A replica is a machine like the one that it stands in for.
            var settings = group.primaryServer().spec().settings();
            draft.propose(new AddServer(group.name(), new ServerSpec(name, settings)), because);
        }
        return Optional.empty();
    }

    /// The newest go first.
    private Optional<String> shrink(RecordedGroup group, int fewer) {
        if (group.standing().isProtected()) return Optional.of(scene.guarded(group));
        var servers = group.servers();
        servers.subList(servers.size() - fewer, servers.size()).reversed().stream()
                .map(it -> new RemoveServer(group.name(), it.name()))
                .forEach(it -> draft.propose(it, because));
        return Optional.empty();
    }

    private static String count(int replicas) {
        return switch (replicas) {
            case 0 -> "no replica";
            case 1 -> "1 replica";
            default -> replicas + " replicas";
        };
    }
}
