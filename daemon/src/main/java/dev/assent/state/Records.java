package dev.assent.state;

import dev.assent.model.ApplicationName;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.ServerName;
import java.util.List;

/// What exists. Only who holds an [Approval] changes it; each change raises the application's
/// serial by one and is journalled as `step` done and audited in the same transaction, so that
/// after a crash either both are written or neither is. Repeating one that is written does nothing.
public final class Records {

    /// The record of an application; [Recorded#nothing] where there is none.
    public Recorded of(ApplicationName application) {
        throw new UnsupportedOperationException();
    }

    /// All records, by application.
    public List<Recorded> all() {
        throw new UnsupportedOperationException();
    }

    public void groupCreated(Approval approval, String step, RecordedGroup group) {
        throw new UnsupportedOperationException();
    }

    /// Removes the group with its credentials. Where it was its engine's primary group, the oldest
    /// remaining group of the engine becomes primary.
    public void groupRemoved(Approval approval, String step, GroupName group) {
        throw new UnsupportedOperationException();
    }

    public void serverAdded(
            Approval approval, String step, GroupName group, RecordedServer server) {
        throw new UnsupportedOperationException();
    }

    public void serverRemoved(Approval approval, String step, GroupName group, ServerName server) {
        throw new UnsupportedOperationException();
    }
}
