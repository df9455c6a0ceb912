package dev.assent.state;

import dev.assent.model.ApplicationName;
import java.util.List;
import java.util.Optional;

/// The append-only trail of everything said, decided and done, each entry chained to the one before
/// by hash.
public final class Audit {

    /// Writes something that is no change to the record: variables shown, a server restarted.
    public void note(String who, String what, ApplicationName application, String detail) {
        throw new UnsupportedOperationException();
    }

    /// The newest entries of one application or of all, newest first.
    public List<AuditEntry> newest(Optional<ApplicationName> application, int limit) {
        throw new UnsupportedOperationException();
    }

    /// Checks the whole chain; the number of the first entry that does not fit, or empty.
    public Optional<Long> firstBroken() {
        throw new UnsupportedOperationException();
    }
}
