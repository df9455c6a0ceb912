package dev.assent.state;

import dev.assent.model.ApplicationName;
import dev.assent.plan.Digest;
import dev.assent.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The plans and what became of them.
public final class Plans {

    /// What came of proposing a plan.
    public enum Proposal {
        /// It is a new plan, or one that had ended (rejected, superseded, expired) and is asked for
        /// again by another commit; it now waits for an assent.
        NEW,
        /// The very same changes wait or are approved already: nothing was written.
        KNOWN,
        /// There is nothing to do; plans that waited are superseded.
        EMPTY,
        /// The record moved since the plan was made: plan again.
        STALE,
        /// A plan of this application is being applied: plan again when it ends.
        BUSY
    }

    /// Stores a plan that waits for an assent, and supersedes every other plan of the application
    /// that is proposed or approved.
    public Proposal propose(Plan plan, Provenance provenance) {
        throw new UnsupportedOperationException();
    }

    /// Finds a plan by `p-` and eight digits or by its whole digest.
    ///
    /// @throws StateException if the short id fits several plans
    public Optional<StoredPlan> find(String idOrDigest) {
        throw new UnsupportedOperationException();
    }

    /// The plans of one application or of all, newest first.
    public List<StoredPlan> list(Optional<ApplicationName> application, int limit) {
        throw new UnsupportedOperationException();
    }

    /// The plans that wait for an assent, a start, or a resume.
    public List<StoredPlan> open() {
        throw new UnsupportedOperationException();
    }

    /// Decides on a plan: `judge` looks at it inside the transaction that writes the decision. A
    /// plan that is not proposed is refused before anybody is asked, with a sentence that says why
    /// and, where it was superseded, by which plan.
    public Decision decide(Digest digest, Function<StoredPlan, Verdict> judge) {
        throw new UnsupportedOperationException();
    }

    /// Starts an approved plan, or resumes a failed one: consumes the assent and marks the plan as
    /// applying, in one transaction that checks once more that the stored changes have the digest
    /// that was approved, that the record has not moved, and that nothing else is being applied to
    /// the application.
    public Start start(Digest digest, String who) {
        throw new UnsupportedOperationException();
    }

    /// The plans that were being applied when the daemon ended, to be gone on with.
    public List<Approval> interrupted() {
        throw new UnsupportedOperationException();
    }

    /// Writes that a plan was carried out whole.
    public void applied(Approval approval) {
        throw new UnsupportedOperationException();
    }

    /// Writes that a step failed: the plan can be resumed.
    public void failed(Approval approval, String reason) {
        throw new UnsupportedOperationException();
    }
}
