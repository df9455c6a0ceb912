package dev.assent.state;

import dev.assent.plan.Digest;
import dev.assent.plan.Plan;
import dev.assent.state.Plans.Proposal;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// What becomes of a plan that is proposed, inside the transaction that writes it.
final class Proposals {

    private final Handle handle;
    private final PlanRows rows;
    private final Succession succession;
    private final Audit audit;
    private final Instant now;

    Proposals(Handle handle, Audit audit, Instant now) {
        this.handle = handle;
        this.rows = new PlanRows(handle);
        this.succession = new Succession(handle, audit, now);
        this.audit = audit;
        this.now = now;
    }

    Proposal propose(Plan plan, Provenance provenance) {
        var application = plan.application();
        if (!rows.in(application, PlanState.APPLYING).isEmpty()) return Proposal.BUSY;
        if (plan.baseSerial() != Serials.of(handle, application)) return Proposal.STALE;
        if (plan.isEmpty()) {
            succession.nothingWanted(application);
            return Proposal.EMPTY;
        }
        var digest = plan.digest();
        // A stored plan that cannot be read is written anew, and waits for an assent.
        var standing = rows.readable(digest).filter(it -> stands(it, provenance));
        standing.ifPresentOrElse(
                it -> seen(it, provenance), () -> insert(plan, digest, provenance));
        succession.wanted(plan, digest);
        return standing.isPresent() ? Proposal.KNOWN : Proposal.NEW;
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

    private void seen(PlanRow known, Provenance provenance) {
        if (known.seenCommit().equals(provenance.commit())) return;
        rows.seen(known.stored().digest(), provenance.commit());
    }

    private void insert(Plan plan, Digest digest, Provenance provenance) {
        Serials.begin(handle, plan.application());
        rows.propose(plan, digest, provenance, now);
        audit.append(
                handle,
                Audit.DAEMON,
                "plan.proposed",
                plan.application(),
                digest,
                "%s %s at %s"
                        .formatted(
                                provenance.repository(), provenance.path(), provenance.commit()));
    }
}
