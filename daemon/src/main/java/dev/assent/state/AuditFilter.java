package dev.assent.state;

import dev.assent.model.ApplicationName;
import dev.assent.plan.Digest;
import java.time.Instant;
import java.util.Optional;

/// Which entries of the audit trail somebody looks for; what is empty narrows nothing.
public record AuditFilter(
        Optional<ApplicationName> application, Optional<Digest> plan, Optional<Instant> since) {

    public static final AuditFilter NONE =
            new AuditFilter(Optional.empty(), Optional.empty(), Optional.empty());

    public AuditFilter with(Optional<ApplicationName> application) {
        return new AuditFilter(application, plan, since);
    }
}
