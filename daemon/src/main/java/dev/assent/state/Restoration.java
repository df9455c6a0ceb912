package dev.assent.state;

import dev.assent.model.ApplicationName;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/// What makes an older record safe to go on from, inside the transaction that marks it as restored.
/// Nobody knows what was approved and done since it was kept: so every yes in it is used up, no
/// plan of it goes on by itself, and each application's serial moves on, beyond all that it can
/// have reached, so that no yes said elsewhere (a comment, a tag) fits a plan that is made from now
/// on.
record Restoration(Handle handle, Audit audit, Instant now) {

    /// More plans than anybody applies to one application between two backups.
    private static final long AHEAD = 1000;

    private static final String WHY = "the record was restored from a backup";

    void restored(String who, String detail) {
        audit.append(handle, who, "record.restored", detail);
        var rows = new PlanRows(handle);
        var moves = new PlanMoves(handle);
        var seals = new Seals(handle, audit.signet());
        var open =
                rows.in(
                        PlanState.PROPOSED,
                        PlanState.APPROVED,
                        PlanState.APPLYING,
                        PlanState.NEEDS_DECISION,
                        PlanState.FAILED);
        for (var row : open) {
            seals.consume(row, now);
            if (row.state() == PlanState.APPLYING || row.state() == PlanState.NEEDS_DECISION) {
                moves.move(row.stored().digest(), PlanState.FAILED, Optional.of(WHY), now);
            }
        }
        handle.createUpdate("UPDATE application SET serial = serial + :ahead")
                .bind("ahead", AHEAD)
                .execute();
        var applications = new TreeSet<String>();
        open.forEach(it -> applications.add(it.application().toString()));
        var succession = new Succession(handle, audit, now);
        applications.stream()
                .flatMap(it -> ApplicationName.parse(it).stream())
                .forEach(succession::moved);
    }
}
