package dev.assent.state;

import dev.assent.model.ApplicationName;
import dev.assent.model.Secret;
import dev.assent.plan.Digest;
import dev.assent.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// The plans and what became of them.
public final class Plans {

    /// What came of proposing a plan.
    public enum Proposal {
        /// It is a new plan, or one that had ended (rejected, superseded, expired) and is asked for
        /// again by another commit; it now waits for an assent.
        NEW,
        /// The very same changes wait, are approved, or failed and can be resumed already, or were
        /// rejected at this commit: nothing was written of them.
        KNOWN,
        /// There is nothing to do; plans that waited are superseded.
        EMPTY,
        /// The record moved since the plan was made: plan again.
        STALE,
        /// A plan of this application is being applied: plan again when it ends.
        BUSY
    }

    private static final Pattern SHORT_ID = Pattern.compile("p-([0-9a-f]{8,64})");

    private final Database database;
    private final Journal journal;
    private final Adoptions adoptions;
    private final Audit audit;
    private final InstantSource clock;

    Plans(
            Database database,
            Journal journal,
            Adoptions adoptions,
            Audit audit,
            InstantSource clock) {
        this.adoptions = adoptions;
        this.database = database;
        this.journal = journal;
        this.audit = audit;
        this.clock = clock;
    }

    /// Stores a plan that a manifest asks for and that waits for an assent, and supersedes every
    /// other such plan of the application that is proposed or approved. A failed one can be resumed
    /// until another is started.
    public Proposal propose(Plan plan, Provenance provenance) {
        return database.write(handle -> proposals(handle).propose(plan, provenance, false));
    }

    /// Proposes a plan even where this very plan was rejected or has expired.
    public Proposal proposeAgain(Plan plan, Provenance provenance) {
        return database.write(handle -> proposals(handle).propose(plan, provenance, true));
    }

    /// Stores a plan that a person asks for. It waits beside the others.
    ///
    /// @param password with which a server that it adopts is entered; kept encrypted until the
    ///   request is decided
    public Proposal ask(Plan plan, Provenance provenance, Asked asked, Optional<Secret> password) {
        var sealed = password.map(it -> adoptions.sealed(it, plan.application()));
        return database.write(handle -> proposals(handle).ask(plan, provenance, asked, sealed));
    }

    /// Stores a plan that would mend what was found, and supersedes whatever of that kind waits for
    /// something else. One that was rejected or has expired waits again only where what was found
    /// is so since later.
    ///
    /// @param since since when it is as it was found
    public Proposal repair(Plan plan, Instant since) {
        return database.write(handle -> proposals(handle).repair(plan, since, false));
    }

    /// The same, even where this very plan was rejected or has expired. Nothing is proposed where
    /// by now the servers were looked at again and something else was found.
    ///
    /// @param found what it is made from
    public Proposal repairAgain(Plan plan, List<OpenFinding> found) {
        return database.write(handle ->
                Findings.of(handle, plan.application()).equals(found)
                        ? proposals(handle).repair(plan, clock.instant(), true)
                        : Proposal.STALE);
    }

    /// The applications for which a plan waits or failed that would mend what was found.
    public Set<ApplicationName> mending() {
        return database.read(handle -> new PlanRows(handle).mending());
    }

    /// The plans of an application whose request is not decided yet, oldest first: those that wait,
    /// and those that ended because the record moved on.
    public List<StoredPlan> openRequests(ApplicationName application) {
        return stored(database.read(handle -> new PlanRows(handle).openRequests(application)));
    }

    /// Ends the plan of a request that was planned anew or can no longer be.
    ///
    /// @param by the plan in its place
    public void replaced(Digest digest, String why, Optional<Digest> by) {
        database.change(handle ->
                new PlanRows(handle)
                        .find(digest)
                        .ifPresent(it ->
                                new Succession(handle, audit, clock.instant())
                                        .replaced(it, why, by)));
    }

    /// Ends plans that have waited too long for an assent or a start.
    ///
    /// @return how many there were
    public int expire(Duration after) {
        return database.write(handle ->
                new Expiry(handle, audit, clock.instant()).expire(clock.instant().minus(after)));
    }

    private Proposals proposals(Handle handle) {
        return new Proposals(handle, audit, clock.instant());
    }

    /// Finds a plan by `p-` and eight digits or more, or by its whole digest.
    ///
    /// @throws StateException if the short id fits several plans, or the plan cannot be read
    public Optional<StoredPlan> find(String idOrDigest) {
        return database.read(handle -> {
            var rows = new PlanRows(handle);
            return digest(rows, idOrDigest).flatMap(rows::find).map(PlanRow::stored);
        });
    }

    /// Finds a plan; one that cannot be read is left out.
    public Optional<StoredPlan> readable(Digest digest) {
        return database.read(handle -> new PlanRows(handle).readable(digest).map(PlanRow::stored));
    }

    private static Optional<Digest> digest(PlanRows rows, String idOrDigest) {
        var id = SHORT_ID.matcher(idOrDigest);
        if (!id.matches()) return Digest.parse(idOrDigest);
        var found = rows.startingWith(id.group(1));
        if (found.size() > 1) {
            throw new StateException(
                    "%s fits several plans; say which by its whole digest: %s"
                            .formatted(
                                    idOrDigest,
                                    found.stream()
                                            .map(Digest::toString)
                                            .collect(Collectors.joining(", "))));
        }
        return found.stream().findFirst();
    }

    /// The plans of one application or of all, newest first, without those that cannot be read.
    public List<StoredPlan> list(Optional<ApplicationName> application, int limit) {
        return stored(database.read(handle -> new PlanRows(handle).newest(application, limit)));
    }

    /// How many plans there are in each state; none of a state that is missing.
    public Map<PlanState, Integer> countByState() {
        return database.read(handle -> new PlanRows(handle).countByState());
    }

    /// The plans that wait for an assent, a start, a resume or a decision, or are being applied,
    /// without those that cannot be read.
    public List<StoredPlan> open() {
        return stored(
                database.read(handle ->
                        new PlanRows(handle)
                                .in(
                                        PlanState.PROPOSED,
                                        PlanState.APPROVED,
                                        PlanState.APPLYING,
                                        PlanState.NEEDS_DECISION,
                                        PlanState.FAILED)));
    }

    /// The approved plans whose time to start has come, without those that cannot be read.
    public List<StoredPlan> due() {
        return stored(database.read(handle -> new PlanRows(handle).due(clock.instant())));
    }

    /// The plans that changed an application's record, whole or in part, the earliest first;
    /// without those that cannot be read.
    public List<StoredPlan> thatChangedRecord(ApplicationName application) {
        return stored(database.read(handle -> new PlanRows(handle).thatChangedRecord(application)));
    }

    /// Decides on a plan: `judge` looks at it inside the transaction that writes the decision. A
    /// yes holds for a proposed plan whose record has not moved; a no also for one that is approved
    /// (its assents are void then), that failed, or whose record has moved. A plan that is being
    /// applied or over is refused before anybody is asked, with a sentence that says why and, where
    /// it was superseded, by which plan.
    ///
    /// @throws StateException if the stored changes no longer have the digest that was reviewed
    public Decision decide(Digest digest, Function<StoredPlan, Verdict> judge) {
        return database.write(
                handle -> new Decisions(handle, audit, clock.instant()).decide(digest, judge));
    }

    /// Decides on a plan as [#decide] does; where that approves it and it is to begin by itself, it
    /// is started as by [#start], in the same transaction. Where it cannot be started, it stays
    /// approved.
    ///
    /// @param begins whether an approved plan begins by itself, now
    /// @throws StateException if the stored changes no longer have the digest that was reviewed
    public Begun decideAndStart(
            Digest digest,
            String who,
            Function<StoredPlan, Verdict> judge,
            Predicate<StoredPlan> begins,
            Function<StoredPlan, Clearance> clearance) {
        return database.write(handle -> {
            var decision = new Decisions(handle, audit, clock.instant()).decide(digest, judge);
            var starts =
                    decision instanceof Decision.Decided(var plan)
                            && plan.state() == PlanState.APPROVED
                            && begins.test(plan);
            return new Begun(
                    decision,
                    starts
                            ? Optional.of(runs(handle).startWhole(digest, who, clearance))
                            : Optional.empty());
        });
    }

    /// Starts an approved plan, or resumes a failed one: consumes the assents and marks the plan as
    /// applying, in one transaction that checks once more that the stored changes have the digest
    /// that was approved, that the record has not moved, that nothing else is being applied to the
    /// application, and, by `judge`, that what was said is still enough and that it is time. An
    /// approved plan for which it is not enough any more waits for an assent again; one that comes
    /// too early remembers when it may start.
    ///
    /// @throws StateException if the stored changes no longer have the digest that was approved
    public Start start(Digest digest, String who, Function<StoredPlan, Clearance> judge) {
        return database.write(handle -> runs(handle).start(digest, who, judge));
    }

    /// Remembers anew when an approved plan may start; nothing happens to any other.
    ///
    /// @param until empty: at once
    /// @param why why not before
    public void reschedule(Digest digest, Optional<Instant> until, Optional<String> why) {
        database.change(handle -> new PlanMoves(handle).reschedule(digest, until, why));
    }

    /// The plans that were being applied when the daemon ended, to be gone on with. One that cannot
    /// be read is left out, and keeps its application busy.
    public List<Approval> interrupted() {
        return database.read(handle -> runs(handle).interrupted());
    }

    /// The plans that are being applied by nodes whose life is over: somebody has to take them up.
    public List<Digest> orphaned() {
        return database.read(handle -> new AttemptRows(handle).orphaned(database.now(handle)));
    }

    /// The plans that this process is to apply: in its present life, or all where the record is one
    /// daemon's alone.
    public List<Digest> ours() {
        return database.read(handle -> new AttemptRows(handle).appliedBy(database.life()));
    }

    /// Gives a plan that nobody applies any more to a new attempt, as [#takeUp] does.
    ///
    /// @return empty where somebody does, or nobody has to
    public Optional<Approval> takeUpOrphaned(Digest digest) {
        return database.write(handle ->
                new AttemptRows(handle).orphaned(database.now(handle)).contains(digest)
                        ? runs(handle).takeUp(digest)
                        : Optional.empty());
    }

    /// Which node applies a plan, in which of its lives; empty where nobody does, or where the
    /// record is one daemon's alone.
    public Optional<String> node(Digest digest) {
        return database.read(handle -> new AttemptRows(handle).node(digest));
    }

    /// Gives a plan that is being applied to a new attempt, whoever was at it before: that one can
    /// write no more. Which of its steps were started and not ended is told by the journal.
    ///
    /// @return empty where it is not being applied any more, or cannot be read
    public Optional<Approval> takeUp(Digest digest) {
        return database.write(handle -> runs(handle).takeUp(digest));
    }

    /// Writes that nobody but a person can tell what became of a step: the plan stands still, and
    /// its application stays busy.
    ///
    /// @param step the step's id
    /// @param why what it is and what can be seen of it, as the end of a sentence
    public void needsDecision(Approval approval, String step, String why) {
        database.change(handle -> runs(handle).needsDecision(approval, step, why));
    }

    /// A plan that stands still, to ask its provider about it; nothing can be written with that.
    public Optional<Approval> standing(Digest digest) {
        return database.read(handle -> runs(handle).standing(digest));
    }

    /// Has a plan that stands still go on with what a person made of its step. The new attempt
    /// finds it in the journal.
    public Start resolve(Digest digest, String step, Resolution resolution, String who) {
        return database.write(handle -> runs(handle).resolve(digest, step, resolution, who));
    }

    /// Asks that a plan which is being applied stops where it safely can. It is for whoever applies
    /// it to heed that: [#cancelledBy].
    public Decision cancel(Digest digest, String who) {
        return database.write(handle -> runs(handle).cancel(digest, who));
    }

    /// Who asked that a plan stops.
    public Optional<String> cancelledBy(Approval approval) {
        return database.read(handle -> new AttemptRows(handle).cancelledBy(approval.digest()));
    }

    /// Writes that a plan was carried out whole.
    public void applied(Approval approval) {
        database.change(handle ->
                runs(handle).end(approval, PlanState.APPLIED, "applied", Optional.empty()));
    }

    /// Writes that a step failed: the plan can be resumed.
    public void failed(Approval approval, String reason) {
        failed(approval, "failed", reason);
    }

    /// Writes that a plan stopped since somebody asked for that: it can be resumed.
    public void stopped(Approval approval, String reason) {
        failed(approval, "stopped", reason);
    }

    private void failed(Approval approval, String how, String reason) {
        database.change(handle ->
                runs(handle)
                        .end(approval, PlanState.FAILED, how + ": " + reason, Optional.of(reason)));
    }

    private Runs runs(Handle handle) {
        return new Runs(handle, journal, audit, database.life(), clock.instant());
    }

    private static List<StoredPlan> stored(List<PlanRow> rows) {
        return rows.stream().map(PlanRow::stored).toList();
    }
}
