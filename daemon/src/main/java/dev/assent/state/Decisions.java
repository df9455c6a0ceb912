package dev.assent.state;

import dev.assent.plan.Digest;
import dev.assent.plan.Plan.PlannedChange;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// What becomes of a plan that somebody decides on, inside the transaction that writes it.
final class Decisions {

    private final Handle handle;
    private final PlanRows rows;
    private final PlanMoves moves;
    private final Audit audit;
    private final Instant now;

    Decisions(Handle handle, Audit audit, Instant now) {
        this.handle = handle;
        this.rows = new PlanRows(handle);
        this.moves = new PlanMoves(handle);
        this.audit = audit;
        this.now = now;
    }

    Decision decide(Digest digest, Function<StoredPlan, Verdict> judge) {
        var found = rows.find(digest);
        if (found.isEmpty()) return new Decision.Refused(Refusals.unknown(digest));
        var row = found.get();
        var refusals = new Refusals(handle);
        var over = refusals.reject(row);
        if (over.isPresent()) return new Decision.Refused(over.get());
        var forged = seals().trouble(digest);
        if (forged.isPresent()) return new Decision.Refused(forged.get());
        return switch (judge.apply(row.stored())) {
            case Verdict.Approve it ->
                    refusals.approve(row)
                            .or(() -> refusals.counted(it.assent()))
                            .<Decision>map(Decision.Refused::new)
                            .orElseGet(() -> approve(row, it));
            case Verdict.Note(var assent, var missing) ->
                    refusals.approve(row)
                            .or(() -> refusals.counted(assent))
                            .<Decision>map(Decision.Refused::new)
                            .orElseGet(() -> note(row, assent, missing));
            case Verdict.Reject(var who, var channel, var reason) ->
                    reject(row, who, channel, reason);
            // Where no yes could help, what a better one must say is beside the point.
            case Verdict.Refuse(var why) -> new Decision.Refused(refusals.approve(row).orElse(why));
        };
    }

    private Decision approve(PlanRow row, Verdict.Approve yes) {
        var assent = yes.assent();
        insert(row, assent);
        yes.notBefore().ifPresent(it -> moves.wait(row.stored().digest(), it));
        return decided(
                row,
                PlanState.APPROVED,
                yes.waitsFor(),
                assent.who(),
                "by " + assent.channel() + ", for " + String.join(" ", assent.changes()));
    }

    private Decision note(PlanRow row, Assent assent, String missing) {
        insert(row, assent);
        var digest = row.stored().digest();
        audit.append(
                handle,
                assent.who(),
                "plan.noted",
                row.application(),
                digest,
                "a yes by %s, for %s; %s"
                        .formatted(assent.channel(), String.join(" ", assent.changes()), missing));
        return new Decision.Noted(rows.find(digest).orElseThrow().stored(), missing);
    }

    private void insert(PlanRow row, Assent assent) {
        var ids = row.stored().plan().changes().stream().map(PlannedChange::id).toList();
        if (assent.changes().isEmpty() || !ids.containsAll(assent.changes())) {
            throw new IllegalArgumentException(
                    "an assent to " + assent.changes() + " of a plan of " + ids);
        }
        seals().insert(row, assent);
    }

    private Seals seals() {
        return new Seals(handle, audit.signet());
    }

    private Decision reject(PlanRow row, String who, String channel, String reason) {
        var words = reason.isBlank() ? "" : ": " + reason;
        var voided = seals().consume(row, now) > 0;
        moves.closeRequest(row.stored().digest());
        return decided(
                row,
                PlanState.REJECTED,
                Optional.of("rejected by " + who + words),
                who,
                "by " + channel + (voided ? ", its assent is void" : "") + words);
    }

    private Decision decided(
            PlanRow row, PlanState state, Optional<String> reason, String who, String detail) {
        var digest = row.stored().digest();
        moves.move(digest, state, reason, now);
        audit.append(handle, who, "plan." + state.word(), row.application(), digest, detail);
        return new Decision.Decided(rows.find(digest).orElseThrow().stored());
    }
}
