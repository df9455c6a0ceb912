package dev.assent.state;

import dev.assent.plan.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Plans that nobody decided on in time, inside the transaction that ends them: an old yes is no
/// yes, and what was reviewed long ago is reviewed again.
record Expiry(Handle handle, Audit audit, Instant now) {

    /// Ends those that were proposed before an instant, and those that failed before it and were
    /// not resumed. One that is approved and had to wait has as long again from then on.
    int expire(Instant before) {
        var rows = new PlanRows(handle);
        var old =
                handle
                        .createQuery(
                                """
                                SELECT digest
                                  FROM plan
                                 WHERE (state IN ('proposed', 'approved')
                                        AND proposed_at < :before
                                        AND (not_before IS NULL OR not_before < :before))
                                    OR (state = 'failed' AND changed_at < :before)
                                 ORDER BY number\
                                """)
                        .bind("before", before.toString())
                        .mapTo(String.class)
                        .stream()
                        .flatMap(it -> Digest.parse(it).stream())
                        .flatMap(it -> rows.readable(it).stream())
                        .toList();
        old.forEach(this::expire);
        return old.size();
    }

    private void expire(PlanRow row) {
        var moves = new PlanMoves(handle);
        var digest = row.stored().digest();
        var waited = Duration.between(row.stored().proposedAt(), now).toHours();
        var voided = new Seals(handle, audit.signet()).consume(row, now) > 0;
        moves.move(
                digest,
                PlanState.EXPIRED,
                Optional.of("nobody carried it out in %d hours".formatted(waited)),
                now);
        moves.closeRequest(digest);
        audit.append(
                handle,
                Audit.DAEMON,
                "plan.expired",
                row.application(),
                digest,
                voided ? "its assent is void" : "nobody approved it");
    }
}
