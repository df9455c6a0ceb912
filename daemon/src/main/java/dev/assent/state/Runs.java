package dev.assent.state;

import dev.assent.plan.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/// Begin and end of carrying a plan out, inside the transaction that writes it. Only here is an
/// [Approval] made.
final class Runs {

    private final Handle handle;
    private final PlanRows rows;
    private final Succession succession;
    private final Journal journal;
    private final Audit audit;
    private final Instant now;

    Runs(Handle handle, Journal journal, Audit audit, Instant now) {
        this.handle = handle;
        this.rows = new PlanRows(handle);
        this.succession = new Succession(handle, audit, now);
        this.journal = journal;
        this.audit = audit;
        this.now = now;
    }

    Start start(Digest digest, String who) {
        var found = rows.find(digest);
        if (found.isEmpty()) return new Start.Refused(Refusals.unknown(digest));
        var row = found.get();
        var refusal = new Refusals(handle).start(row, now);
        return refusal.isPresent()
                ? new Start.Refused(refusal.get())
                : new Start.Started(start(row, who));
    }

    private Approval start(PlanRow row, String who) {
        var digest = row.stored().digest();
        var resumed = row.state() == PlanState.FAILED;
        if (!resumed && new AssentRows(handle).consume(row, now) != 1) {
            throw new StateException(
                    "%s is marked as approved without an assent that can be used; nothing was started. What happened to it stands in the audit trail: assent history"
                            .formatted(digest.id()));
        }
        rows.start(digest, now);
        succession.started(row);
        new HeadRows(handle).started(digest);
        var started = rows.find(digest).orElseThrow();
        audit.append(
                handle,
                who,
                resumed ? "plan.resumed" : "plan.started",
                row.application(),
                digest,
                "attempt " + started.attempt());
        return approval(started);
    }

    List<Approval> interrupted() {
        return rows.in(PlanState.APPLYING).stream().map(Runs::approval).toList();
    }

    /// @param message for the journal
    /// @param reason for the plan, where it ended badly
    void end(Approval approval, PlanState state, String message, Optional<String> reason) {
        journal.fence(handle, approval);
        var application = approval.plan().application();
        rows.move(approval.digest(), state, reason, now);
        if (state == PlanState.APPLIED) rows.closeRequest(approval.digest());
        journal.ended(handle, approval, message);
        audit.append(
                handle,
                Audit.DAEMON,
                "plan." + state.word(),
                application,
                approval.digest(),
                reason.orElse("attempt " + approval.attempt()));
        succession.moved(application);
    }

    private static Approval approval(PlanRow row) {
        var covered = new TreeSet<String>();
        row.stored().assents().forEach(it -> covered.addAll(it.changes()));
        return new Approval(row.stored(), covered, row.proposal(), row.attempt());
    }
}
