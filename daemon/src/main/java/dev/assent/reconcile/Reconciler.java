package dev.assent.reconcile;

import dev.assent.model.ApplicationName;
import dev.assent.model.ServerKey;
import dev.assent.provider.Health;
import dev.assent.state.Decision;
import dev.assent.state.InForce;
import java.util.SortedMap;

/// The pipeline: poll → read → check → plan → approve → apply → record → announce.
public final class Reconciler {

    /// Says yes to a plan; where the application is configured so, starts it.
    public Decision approve(Yes yes) {
        throw new UnsupportedOperationException();
    }

    public Decision reject(String plan, String who, String channel, String reason) {
        throw new UnsupportedOperationException();
    }

    /// Starts an approved plan or resumes a failed one; the work goes on in the background.
    public Decision apply(String plan, String who) {
        throw new UnsupportedOperationException();
    }

    /// What can be seen of a recorded server now.
    public Health health(ServerKey server) {
        throw new UnsupportedOperationException();
    }

    /// The application's variables as its next redeploy would put them in force; audited, as they
    /// hold passwords.
    public SortedMap<String, String> variables(ApplicationName application, String who) {
        throw new UnsupportedOperationException();
    }

    /// Puts the pending variables in force.
    public InForce redeploy(ApplicationName application, String who) {
        throw new UnsupportedOperationException();
    }
}
