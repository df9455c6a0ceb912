package dev.assent.plan;

import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.Desired.DesiredReplication;
import dev.assent.model.GroupAddress;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.plan.Change.StartReplication;
import dev.assent.plan.Change.StopReplication;
import java.util.Optional;

/// What is asked of a group beside others: that it follows one of them, or no longer.
final class ReplicationRequests {

    private final Scene scene;
    private final Draft draft;
    private final Because because;

    ReplicationRequests(Scene scene, Draft draft, Because because) {
        this.scene = scene;
        this.draft = draft;
        this.because = because;
    }

    /// Why a group may not follow a source; where it may, the changes are in the draft.
    Optional<String> start(RecordedGroup group, GroupAddress source) {
        var now = group.standing().replicatesFrom();
        if (now.equals(Optional.of(source))) {
            return Optional.of(
                    "%s follows %s already; to copy it anew: assent resync %s"
                            .formatted(group.name(), source, scene.address(group.name())));
        }
        var declared = contradicted(group, Optional.of(source));
        if (declared.isPresent()) return declared;
        if (group.standing().isProtected()) return Optional.of(scene.guarded(group));
        var forbidden = new ReplicationRules(scene).forbid(scene.address(group.name()), source);
        if (forbidden.isPresent()) {
            return forbidden.map(it ->
                    "%s does not follow %s: %s".formatted(group.name(), source, it.sentence()));
        }
        var behind = scene.protectedBehind(group.name());
        if (behind.isPresent()) {
            return behind.map(it ->
                    "%s follows %s and is protected; if its data may go, too: assent unprotect %s"
                            .formatted(it, group.name(), it));
        }
        now.ifPresent(it -> draft.propose(new StopReplication(group.name(), it), because));
        draft.propose(new StartReplication(group.name(), source), because);
        return Optional.empty();
    }

    /// Why a group cannot cease to follow; where it can, the change is in the draft.
    Optional<String> stop(RecordedGroup group) {
        var now = group.standing().replicatesFrom();
        if (now.isEmpty()) return Optional.of(group.name() + " follows no other group");
        var declared = contradicted(group, Optional.empty());
        if (declared.isPresent()) return declared;
        draft.propose(new StopReplication(group.name(), now.get()), because);
        return Optional.empty();
    }

    /// What the manifest says to it, where that is something else.
    ///
    /// @param wanted empty: nobody
    private Optional<String> contradicted(RecordedGroup group, Optional<GroupAddress> wanted) {
        return scene.declared(group.name())
                .flatMap(DesiredGroup::replication)
                .filter(it -> !source(it).equals(wanted))
                .map(it ->
                        "the manifest says that %s follows %s, at %s; change it there"
                                .formatted(
                                        group.name(),
                                        source(it).map(Object::toString).orElse("nobody"),
                                        RequestPlanner.at(it.place())));
    }

    private Optional<GroupAddress> source(DesiredReplication declared) {
        return declared.source().map(it -> it.from(scene.recorded().application()));
    }
}
