package dev.assent.state;

import static java.util.function.Predicate.not;

import dev.assent.model.ApplicationName;
import dev.assent.plan.Digest;
import dev.assent.plan.Plan;
import dev.assent.plan.Plan.PlannedChange;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
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
    private final Audit audit;
    private final InstantSource clock;

    Plans(Database database, Journal journal, Audit audit, InstantSource clock) {
        this.database = database;
        this.journal = journal;
        this.audit = audit;
        this.clock = clock;
    }

    /// Stores a plan that waits for an assent, and supersedes every other plan of the application
    /// that is proposed or approved. A failed one can be resumed until another is started.
    public Proposal propose(Plan plan, Provenance provenance) {
        return database.write(handle -> {
            var rows = new PlanRows(handle);
            var succession = succession(handle);
            if (applying(rows, plan.application()).isPresent()) return Proposal.BUSY;
            if (plan.baseSerial() != Serials.of(handle, plan.application())) return Proposal.STALE;
            if (plan.isEmpty()) {
                succession.nothingWanted(plan.application());
                return Proposal.EMPTY;
            }
            var known = rows.find(plan.digest());
            var stands = known.filter(it -> stands(it, provenance)).isPresent();
            if (!stands) {
                Serials.begin(handle, plan.application());
                rows.propose(plan, provenance, clock.instant());
                audit.append(
                        handle,
                        Audit.DAEMON,
                        "plan.proposed",
                        plan.application(),
                        plan.digest(),
                        provenance.repository()
                                + " "
                                + provenance.path()
                                + " at "
                                + provenance.commit());
            } else if (!known.get().seenCommit().equals(provenance.commit())) {
                rows.seen(plan.digest(), provenance.commit());
            }
            succession.wanted(plan);
            return stands ? Proposal.KNOWN : Proposal.NEW;
        });
    }

    /// Whether what was said of a plan holds for a commit that asks for it once more. A superseded
    /// plan that is wanted again (a branch was set back) waits again, whichever commit says so.
    private static boolean stands(PlanRow known, Provenance provenance) {
        return switch (known.state()) {
            case PROPOSED, APPROVED, APPLYING, FAILED -> true;
            case REJECTED, EXPIRED, APPLIED -> known.seenCommit().equals(provenance.commit());
            case SUPERSEDED -> false;
        };
    }

    /// Finds a plan by `p-` and eight digits or more, or by its whole digest.
    ///
    /// @throws StateException if the short id fits several plans
    public Optional<StoredPlan> find(String idOrDigest) {
        var digest = Digest.parse(idOrDigest);
        if (digest.isPresent()) {
            return database.read(
                    handle -> new PlanRows(handle).find(digest.get()).map(PlanRow::stored));
        }
        var id = SHORT_ID.matcher(idOrDigest);
        if (!id.matches()) return Optional.empty();
        var found = database.read(handle -> new PlanRows(handle).startingWith(id.group(1)));
        if (found.size() > 1) {
            throw new StateException(
                    "%s fits several plans; say which by its whole digest: %s"
                            .formatted(
                                    idOrDigest,
                                    found.stream()
                                            .map(it -> it.stored().digest().toString())
                                            .collect(Collectors.joining(", "))));
        }
        return found.stream().map(PlanRow::stored).findFirst();
    }

    /// The plans of one application or of all, newest first.
    public List<StoredPlan> list(Optional<ApplicationName> application, int limit) {
        return stored(database.read(handle -> new PlanRows(handle).newest(application, limit)));
    }

    /// The plans that wait for an assent, a start, or a resume.
    public List<StoredPlan> open() {
        return stored(
                database.read(handle ->
                        new PlanRows(handle)
                                .in(PlanState.PROPOSED, PlanState.APPROVED, PlanState.FAILED)));
    }

    /// Decides on a plan: `judge` looks at it inside the transaction that writes the decision. A
    /// plan that is not proposed is refused before anybody is asked, with a sentence that says why
    /// and, where it was superseded, by which plan.
    public Decision decide(Digest digest, Function<StoredPlan, Verdict> judge) {
        return database.write(handle -> {
            var found = new PlanRows(handle).find(digest);
            if (found.isEmpty()) return new Decision.Refused(Refusals.unknown(digest));
            var row = found.get();
            var refusal =
                    Refusals.decide(row.stored(), successor(handle, row))
                            .or(() -> moved(handle, row));
            if (refusal.isPresent()) return new Decision.Refused(refusal.get());
            return switch (judge.apply(row.stored())) {
                case Verdict.Approve(var assent) -> approve(handle, row, assent);
                case Verdict.Reject(var who, var channel, var reason) ->
                        reject(handle, row, who, channel, reason);
                case Verdict.Refuse(var why) -> new Decision.Refused(why);
            };
        });
    }

    private Decision approve(Handle handle, PlanRow row, Assent assent) {
        var plan = row.stored().plan();
        var ids = plan.changes().stream().map(PlannedChange::id).toList();
        if (assent.changes().isEmpty() || !ids.containsAll(assent.changes())) {
            throw new IllegalArgumentException(
                    "an assent to " + assent.changes() + " of a plan of " + ids);
        }
        var rows = new PlanRows(handle);
        rows.assent(row, assent);
        rows.move(plan.digest(), PlanState.APPROVED, Optional.empty(), clock.instant());
        audit.append(
                handle,
                assent.who(),
                "plan.approved",
                plan.application(),
                plan.digest(),
                "by " + assent.channel() + ", for " + String.join(" ", assent.changes()));
        return decided(handle, plan.digest());
    }

    private Decision reject(Handle handle, PlanRow row, String who, String channel, String reason) {
        var plan = row.stored().plan();
        var why = Refusals.rejected(who, reason);
        new PlanRows(handle)
                .move(plan.digest(), PlanState.REJECTED, Optional.of(why), clock.instant());
        audit.append(
                handle,
                who,
                "plan.rejected",
                plan.application(),
                plan.digest(),
                reason.isBlank() ? "by " + channel : "by " + channel + ": " + reason);
        return decided(handle, plan.digest());
    }

    private static Decision decided(Handle handle, Digest digest) {
        return new Decision.Decided(new PlanRows(handle).find(digest).orElseThrow().stored());
    }

    /// Starts an approved plan, or resumes a failed one: consumes the assent and marks the plan as
    /// applying, in one transaction that checks once more that the stored changes have the digest
    /// that was approved, that the record has not moved, and that nothing else is being applied to
    /// the application.
    ///
    /// @throws StateException if the stored changes no longer have the digest that was approved
    public Start start(Digest digest, String who) {
        return database.write(handle -> {
            var rows = new PlanRows(handle);
            var found = rows.find(digest);
            if (found.isEmpty()) return new Start.Refused(Refusals.unknown(digest));
            var row = found.get();
            var refusal =
                    Refusals.start(row.stored(), successor(handle, row))
                            .or(() -> moved(handle, row))
                            .or(() ->
                                    applying(rows, row.application())
                                            .map(it -> Refusals.busy(row.stored(), it)));
            if (refusal.isPresent()) return new Start.Refused(refusal.get());
            return new Start.Started(start(handle, row, who));
        });
    }

    private Approval start(Handle handle, PlanRow row, String who) {
        var rows = new PlanRows(handle);
        var now = clock.instant();
        var digest = row.stored().digest();
        var resumed = row.state() == PlanState.FAILED;
        if (!resumed && rows.consume(row, now) != 1) {
            throw new StateException(
                    "%s is marked as approved without an assent that can be used; nothing was started. Check the trail: assent audit --verify"
                            .formatted(digest.id()));
        }
        var attempt = rows.start(row, now);
        succession(handle).started(row);
        audit.append(
                handle,
                who,
                resumed ? "plan.resumed" : "plan.started",
                row.application(),
                digest,
                "attempt " + attempt);
        var stored = rows.find(digest).orElseThrow().stored();
        return new Approval(stored, covered(stored), row.proposal(), attempt);
    }

    /// The plans that were being applied when the daemon ended, to be gone on with.
    public List<Approval> interrupted() {
        return database.read(handle ->
                new PlanRows(handle)
                        .in(PlanState.APPLYING).stream()
                                .map(it ->
                                        new Approval(
                                                it.stored(),
                                                covered(it.stored()),
                                                it.proposal(),
                                                it.attempt()))
                                .toList());
    }

    /// Writes that a plan was carried out whole.
    public void applied(Approval approval) {
        end(approval, PlanState.APPLIED, Optional.empty(), "applied");
    }

    /// Writes that a step failed: the plan can be resumed.
    public void failed(Approval approval, String reason) {
        end(approval, PlanState.FAILED, Optional.of(reason), "failed: " + reason);
    }

    private void end(Approval approval, PlanState state, Optional<String> reason, String message) {
        database.change(handle -> {
            journal.fence(handle, approval);
            var application = approval.plan().application();
            var digest = approval.digest();
            new PlanRows(handle).move(digest, state, reason, clock.instant());
            journal.ended(handle, approval, message);
            audit.append(
                    handle,
                    Audit.DAEMON,
                    "plan." + state.word(),
                    application,
                    digest,
                    reason.orElse("attempt " + approval.attempt()));
            succession(handle).moved(application);
        });
    }

    private Succession succession(Handle handle) {
        return new Succession(handle, audit, clock.instant());
    }

    private Optional<StoredPlan> successor(Handle handle, PlanRow row) {
        return succession(handle).last(row).map(PlanRow::stored);
    }

    /// The record's serial is that of the plan's base, or what the failed plan itself left behind.
    private static Optional<String> moved(Handle handle, PlanRow row) {
        var serial = Serials.of(handle, row.application());
        if (row.leftSerial() == serial) return Optional.empty();
        var waiting =
                new PlanRows(handle)
                        .in(row.application(), PlanState.PROPOSED).stream()
                                .map(PlanRow::stored)
                                .filter(not(row.stored()::equals))
                                .findFirst();
        return Optional.of(Refusals.moved(row.stored(), serial, waiting));
    }

    private static Optional<StoredPlan> applying(PlanRows rows, ApplicationName application) {
        return rows.in(application, PlanState.APPLYING).stream().map(PlanRow::stored).findFirst();
    }

    private static SortedSet<String> covered(StoredPlan plan) {
        var covered = new TreeSet<String>();
        plan.assents().forEach(it -> covered.addAll(it.changes()));
        return covered;
    }

    private static List<StoredPlan> stored(List<PlanRow> rows) {
        return rows.stream().map(PlanRow::stored).toList();
    }
}
