package dev.assent.state;

import dev.assent.plan.Digest;
import java.util.List;

/// Which step of which plan was started, and which is done.
public final class Journal {

    /// Written before a step touches anything.
    public void started(Approval approval, String step, String what) {
        throw new UnsupportedOperationException();
    }

    /// Says what a long step is doing.
    public void progress(Approval approval, String step, String what) {
        throw new UnsupportedOperationException();
    }

    /// Written when a step is done for good.
    public void done(Approval approval, String step, String what) {
        throw new UnsupportedOperationException();
    }

    public void failed(Approval approval, String step, String why) {
        throw new UnsupportedOperationException();
    }

    /// Whether the step was done in this or an earlier attempt of the same plan.
    public boolean isDone(Approval approval, String step) {
        throw new UnsupportedOperationException();
    }

    /// The entries of a plan with a number above `after`, in order.
    public List<JournalEntry> entries(Digest digest, long after) {
        throw new UnsupportedOperationException();
    }
}
