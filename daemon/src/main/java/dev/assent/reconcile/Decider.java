package dev.assent.reconcile;

import dev.assent.approval.Speaker;
import dev.assent.state.Decision;
import dev.assent.state.HeadState;

/// Who decides on what people say somewhere.
public interface Decider {

    /// A yes.
    Decision approve(Yes yes);

    /// A no.
    Decision reject(String plan, Speaker speaker, String reason);

    /// Plans a head anew, and proposes even what was rejected or has expired.
    void planOnceMore(HeadState head);
}
