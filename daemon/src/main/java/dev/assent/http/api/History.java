package dev.assent.http.api;

import dev.assent.state.AuditEntry;
import dev.assent.state.HookRun;
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
    /// @param hook how the hook ran, where it tells of a redeploy that had one
    public record Entry(
            long number,
            Instant at,
            String who,
            String what,
            Optional<String> application,
            Optional<String> plan,
            String detail,
            String hash,
            Optional<HookReport> hook) {

        public static Entry of(AuditEntry entry, Optional<HookRun> hook) {
            return new Entry(
                    entry.number(),
                    entry.at(),
                    entry.who(),
                    entry.what(),
                    entry.application(),
                    entry.plan(),
                    entry.detail(),
                    entry.hash(),
                    hook.map(HookReport::of));
        }
    }
}
