package dev.assent.state;

import static java.util.function.Predicate.not;

import dev.assent.model.ApplicationName;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.plan.Change;
import dev.assent.plan.Change.AcceptVersion;
import dev.assent.plan.Change.AddServer;
import dev.assent.plan.Change.AdoptGroup;
import dev.assent.plan.Change.ChangeSetting;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.plan.Change.PromoteServer;
import dev.assent.plan.Change.ReleaseGroup;
import dev.assent.plan.Change.RemoveGroup;
import dev.assent.plan.Change.RemoveServer;
import dev.assent.plan.Change.RepairServer;
import dev.assent.plan.Change.ResyncServer;
import dev.assent.plan.Change.RotateCredentials;
import dev.assent.plan.Change.SetBackups;
import dev.assent.plan.Change.SetPrimary;
import dev.assent.plan.Change.SetProtection;
import dev.assent.plan.Change.StartReplication;
import dev.assent.plan.Change.StopReplication;
import dev.assent.plan.Digest;
import dev.assent.plan.Plan;
import dev.assent.plan.Plan.PlannedChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Which plan takes whose place. A superseded plan is never approved or started; its assent is void
/// with it.
final class Succession {

    private static final String NEWER_COMMIT = "a newer commit changed what is wanted";
    private static final String NOTHING_WANTED = "a newer commit wants nothing changed";
    private static final String MENDED = "what it would mend is as it is recorded again";
    private static final String FOUND_OTHERWISE = "what was found has changed";

    private final Handle handle;
    private final PlanRows rows;
    private final PlanMoves moves;
    private final Audit audit;
    private final Instant now;

    Succession(Handle handle, Audit audit, Instant now) {
        this.handle = handle;
        this.rows = new PlanRows(handle);
        this.moves = new PlanMoves(handle);
        this.audit = audit;
        this.now = now;
    }

    /// A plan is what the manifest wants now: whatever else of it waits for an assent or a start no
    /// longer is. What a person asked for stands beside it.
    void wanted(Plan plan, Digest digest) {
        for (var other : waiting(plan.application())) {
            if (other.digest().equals(digest)) continue;
            leave(plan.application(), other, NEWER_COMMIT, Optional.of(digest));
        }
        moves.succeedOlder(plan, digest);
        endContradicted(plan);
    }

    /// The same for a plan that is not stored itself.
    void onlyWanted(Plan plan) {
        var digest = plan.digest();
        var why = plan.isEmpty() ? NOTHING_WANTED : NEWER_COMMIT;
        for (var other : waiting(plan.application())) {
            if (other.digest().equals(digest)) continue;
            leave(plan.application(), other, why, Optional.empty());
        }
        endContradicted(plan);
    }

    /// A failed plan can be resumed, but not to destroy what nobody wants destroyed any more.
    private void endContradicted(Plan wanted) {
        var application = wanted.application();
        var changes =
                wanted.changes().stream().map(PlannedChange::change).collect(Collectors.toSet());
        var groups = new GroupRows(handle, application).all();
        for (var failed : rows.in(application, PlanState.FAILED)) {
            if (failed.asked() || !failed.byBranch()) continue;
            var contradicted =
                    rows.readable(failed.digest()).stream()
                            .flatMap(it -> it.stored().plan().destructive().stream())
                            .map(PlannedChange::change)
                            .anyMatch(it -> isUndone(it, groups) && !changes.contains(it));
            if (contradicted) end(application, failed, NEWER_COMMIT, Optional.empty());
        }
    }

    private static boolean isUndone(Change change, List<RecordedGroup> groups) {
        var group = groups.stream().filter(it -> it.name().equals(change.group())).findFirst();
        return switch (change) {
            case RemoveServer it -> group.flatMap(g -> g.server(it.server())).isPresent();
            case StartReplication it ->
                    group.filter(g ->
                                    !g.standing().replicatesFrom().equals(Optional.of(it.source())))
                            .isPresent();
            case RemoveGroup _ -> group.isPresent();
            case CreateGroup _,
                    AdoptGroup _,
                    AddServer _,
                    ChangeSetting _,
                    SetBackups _,
                    SetProtection _,
                    StopReplication _,
                    SetPrimary _,
                    PromoteServer _,
                    RotateCredentials _,
                    RepairServer _,
                    AcceptVersion _,
                    ResyncServer _,
                    ReleaseGroup _ ->
                    false;
        };
    }

    /// A plan is being applied: failed ones can no longer be resumed.
    void started(PlanRow row) {
        for (var other : rows.in(row.application(), PlanState.FAILED)) {
            if (other.digest().equals(row.stored().digest())) continue;
            var why = row.stored().id() + " was started in its place";
            end(row.application(), other, why, Optional.of(row.stored().digest()));
        }
    }

    /// The record may have moved: plans that were made from an older one, or left an older one, are
    /// over. Their successors are the plans that will be made from the new record.
    void moved(ApplicationName application) {
        var serial = Serials.of(handle, application);
        var why = "the record of " + application + " moved on";
        rows.in(application, PlanState.PROPOSED, PlanState.APPROVED, PlanState.FAILED).stream()
                .filter(it -> it.leftSerial() != serial)
                .forEach(it -> end(application, it, why, Optional.empty()));
    }

    /// A request is planned anew, or can no longer be: the plan of before is over.
    void replaced(PlanRow old, String why, Optional<Digest> by) {
        // Whatever was decided meanwhile stands.
        switch (old.state()) {
            case PROPOSED, APPROVED, SUPERSEDED, FAILED -> {}
            case APPLYING, NEEDS_DECISION, APPLIED, REJECTED, EXPIRED -> {
                return;
            }
        }
        by.ifPresent(it -> Adoptions.handOver(handle, old.stored().digest(), it));
        var mark = new PlanMark(old.stored().digest(), old.leftSerial(), true, false, false);
        if (old.state() == PlanState.SUPERSEDED) {
            by.ifPresent(it -> moves.succeed(mark.digest(), it));
        } else {
            end(old.application(), mark, why, by);
        }
        moves.closeRequest(mark.digest());
    }

    /// A plan is what would mend what was found now: what would have mended something else no
    /// longer is, and a failed one can be resumed unless it destroys what nobody would now.
    void mends(Plan plan) {
        var application = plan.application();
        var digest = plan.digest();
        var why = plan.isEmpty() ? MENDED : FOUND_OTHERWISE;
        var by = plan.isEmpty() ? Optional.<Digest>empty() : Optional.of(digest);
        for (var other : rows.in(application, PlanState.PROPOSED, PlanState.APPROVED)) {
            if (!other.byDrift() || other.digest().equals(digest)) continue;
            leftByDrift(application, other, why, by);
        }
        var changes =
                plan.changes().stream().map(PlannedChange::change).collect(Collectors.toSet());
        for (var failed : rows.in(application, PlanState.FAILED)) {
            if (!failed.byDrift() || failed.digest().equals(digest)) continue;
            var destroys =
                    rows.readable(failed.digest()).stream()
                            .flatMap(it -> it.stored().plan().destructive().stream())
                            .map(PlannedChange::change)
                            .anyMatch(not(changes::contains));
            if (plan.isEmpty() || destroys) leftByDrift(application, failed, why, by);
        }
        moves.succeedOlderRepairs(plan.application(), plan.baseSerial(), by);
    }

    private void leftByDrift(
            ApplicationName application, PlanMark plan, String why, Optional<Digest> by) {
        var wanted = plan.byBranch() || new HeadRows(handle).areWanting(plan.digest());
        if (wanted || plan.asked()) {
            moves.byDrift(plan.digest(), false);
        } else {
            end(application, plan, why, by);
        }
    }

    private List<PlanMark> waiting(ApplicationName application) {
        return rows.in(application, PlanState.PROPOSED, PlanState.APPROVED).stream()
                .filter(not(PlanMark::asked))
                .filter(PlanMark::byBranch)
                .toList();
    }

    /// The branch does not want a plan any more. A head beside it may.
    private void leave(
            ApplicationName application, PlanMark plan, String why, Optional<Digest> by) {
        if (plan.byDrift() || new HeadRows(handle).areWanting(plan.digest())) {
            moves.byBranch(plan.digest(), false);
        } else {
            end(application, plan, why, by);
        }
    }

    /// A head does not want a plan any more. Others may, or the branch.
    ///
    /// @param by the plan that it wants instead
    void leftByHead(Digest digest, String why, Optional<Digest> by) {
        var found = rows.readable(digest);
        if (found.isEmpty() || new HeadRows(handle).areWanting(digest)) return;
        var row = found.get();
        var others = row.stored().wanted();
        var wanted = others.byBranch() || others.byDrift() || row.stored().asked().isPresent();
        switch (row.state()) {
            case PROPOSED, APPROVED -> {
                if (wanted) return;
                var mark = new PlanMark(digest, row.leftSerial(), false, false, false);
                end(row.application(), mark, why, by);
            }
            // The record moved on before the head was planned anew.
            case SUPERSEDED -> {
                if (row.stored().supersededBy().isEmpty())
                    by.ifPresent(it -> moves.succeed(digest, it));
            }
            case APPLYING, NEEDS_DECISION, APPLIED, REJECTED, EXPIRED, FAILED -> {}
        }
    }

    private void end(ApplicationName application, PlanMark plan, String why, Optional<Digest> by) {
        var digest = plan.digest();
        moves.move(digest, PlanState.SUPERSEDED, Optional.of(why), now);
        by.ifPresent(it -> moves.succeed(digest, it));
        audit.append(
                handle, Audit.DAEMON, "plan.superseded", application, digest, "because " + why);
    }
}
