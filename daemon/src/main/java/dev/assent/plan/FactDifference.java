package dev.assent.plan;

import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.plan.Change.SetBackups;
import dev.assent.plan.Change.SetPrimary;
import java.util.Optional;

/// What must change in the facts that a manifest declares of one group beside its servers: whether
/// it is primary, how it is backed up. (Whom it follows, [Replications] see all together.) What a
/// manifest leaves out is owned by the record and stays as it is.
final class FactDifference {

    private final Scene scene;
    private final Draft draft;
    private final Optional<String> commit;

    FactDifference(Scene scene, Draft draft, Optional<String> commit) {
        this.scene = scene;
        this.draft = draft;
        this.commit = commit;
    }

    /// Of a group that exists.
    void of(DesiredGroup desired, RecordedGroup recorded) {
        if (desired.primary() && !recorded.primary()) primary(desired);
        desired.backups()
                .filter(it -> !it.backups().equals(recorded.standing().backups()))
                .ifPresent(it ->
                        draft.propose(
                                new SetBackups(
                                        desired.name(),
                                        recorded.standing().backups(),
                                        it.backups()),
                                new Because.Declared(it.place(), commit)));
    }

    /// Of a group that the same plan builds.
    ///
    /// @param primary whether it becomes the primary group by being built
    void ofNew(DesiredGroup desired, boolean primary) {
        if (desired.primary() && !primary) primary(desired);
        desired.backups()
                .filter(it -> it.backups().isPresent())
                .ifPresent(it ->
                        draft.propose(
                                new SetBackups(desired.name(), Optional.empty(), it.backups()),
                                new Because.Declared(it.place(), commit)));
    }

    private void primary(DesiredGroup desired) {
        draft.propose(
                new SetPrimary(
                        desired.name(),
                        scene.recorded().primary(desired.name().engine()).map(RecordedGroup::name)),
                new Because.Declared(desired.place(), commit));
    }
}
