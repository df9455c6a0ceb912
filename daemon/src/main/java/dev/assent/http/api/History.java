package dev.assent.http.api;

import dev.assent.state.AuditEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What happened, newest first.
///
/// @param entries lines of the audit trail
/// @param plans the plans of the same applications
public record History(List<Entry> entries, List<PlanSummary> plans) {

    /// One line of the audit trail.
    ///
    /// @param what a verb and its object: `plan.approved`
    /// @param application `APP/ENVIRONMENT`
    /// @param hash SHA-256 over the entry and the hash of the one before
    public record Entry(
            long number,
            Instant at,
            String who,
            String what,
            Optional<String> application,
            Optional<String> plan,
            String detail,
            String hash) {

        public static Entry of(AuditEntry entry) {
            return new Entry(
                    entry.number(),
                    entry.at(),
                    entry.who(),
                    entry.what(),
                    entry.application(),
                    entry.plan(),
                    entry.detail(),
                    entry.hash());
        }
    }
}
