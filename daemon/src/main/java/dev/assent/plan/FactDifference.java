package dev.assent.plan;

import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.Desired.DesiredReplication;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Specification;
import dev.assent.plan.Change.SetBackups;
import dev.assent.plan.Change.SetPrimary;
import dev.assent.plan.Change.StartReplication;
import dev.assent.plan.Change.StopReplication;
import java.util.Optional;

/// What must change in the facts that a manifest declares of a group beside its servers: whether it
/// is primary, whom it follows, how it is backed up. What a manifest leaves out is owned by the
/// record and stays as it is.
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
        desired.replication()
                .ifPresent(it ->
                        replication(
                                desired.name(),
                                it,
                                recorded.specification(),
                                Math.max(recorded.servers().size(), desired.servers().size()),
                                Optional.of(recorded)));
    }

    /// Of a group that the same plan builds.
    ///
    /// @param built how, with its version decided
    /// @param primary whether it becomes the primary group by being built
    void ofNew(DesiredGroup desired, Specification built, boolean primary) {
        if (desired.primary() && !primary) primary(desired);
        desired.backups()
                .filter(it -> it.backups().isPresent())
                .ifPresent(it ->
                        draft.propose(
                                new SetBackups(desired.name(), Optional.empty(), it.backups()),
                                new Because.Declared(it.place(), commit)));
        desired.replication()
                .ifPresent(it ->
                        replication(
                                desired.name(),
                                it,
                                built,
                                desired.servers().size(),
                                Optional.empty()));
    }

    private void primary(DesiredGroup desired) {
        draft.propose(
                new SetPrimary(
                        desired.name(),
                        scene.recorded().primary(desired.name().engine()).map(RecordedGroup::name)),
                new Because.Declared(desired.place(), commit));
    }

    private void replication(
            GroupName name,
            DesiredReplication declared,
            Specification specification,
            int servers,
            Optional<RecordedGroup> recorded) {
        var now = recorded.flatMap(it -> it.standing().replicatesFrom());
        var wanted = declared.source().map(it -> it.from(scene.recorded().application()));
        if (now.equals(wanted)) return;
        var because = new Because.Declared(declared.place(), commit);
        if (wanted.isPresent()) {
            var refusal = refusal(name, specification, servers, recorded, wanted.get());
            if (refusal.isPresent()) {
                draft.notice(
                        refusal.get().code(),
                        name,
                        declared.place(),
                        "%s does not follow %s: %s"
                                .formatted(name, wanted.get(), refusal.get().why()));
                return;
            }
        }
        now.ifPresent(it -> draft.propose(new StopReplication(name, it), because));
        wanted.ifPresent(it -> draft.propose(new StartReplication(name, it), because));
    }

    private record Refusal(Notice.Code code, String why) {}

    private Optional<Refusal> refusal(
            GroupName name,
            Specification specification,
            int servers,
            Optional<RecordedGroup> recorded,
            GroupAddress source) {
        if (recorded.filter(it -> it.standing().isProtected()).isPresent()) {
            return Optional.of(
                    new Refusal(
                            Notice.Code.PROTECTED,
                            "it is protected, and its data would be deleted"));
        }
        if (recorded.filter(it -> it.origin() == Origin.ADOPTED).isPresent()) {
            return Optional.of(
                    new Refusal(
                            Notice.Code.NOT_REPLICATED,
                            "it is adopted, and what Assent did not build it does not delete"));
        }
        return new ReplicationRules(scene)
                .forbid(scene.address(name), specification, servers, source)
                .map(it -> new Refusal(Notice.Code.NOT_REPLICATED, it));
    }
}
