package dev.assent.state;

import dev.assent.plan.Digest;
import dev.assent.state.JournalEntry.Event;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Begin and end of carrying a plan out, inside the transaction that writes it. Only here is an
/// [Approval] made.
final class Runs {

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

    private final Handle handle;
    private final PlanRows rows;
    private final PlanMoves moves;
    private final AttemptRows attempts;
    private final Succession succession;
    private final Journal journal;
    private final Audit audit;
    private final Optional<String> node;
    private final Instant now;

    /// @param node this process's life among those that share the record
    Runs(Handle handle, Journal journal, Audit audit, Optional<String> node, Instant now) {
        this.handle = handle;
        this.rows = new PlanRows(handle);
        this.moves = new PlanMoves(handle);
        this.attempts = new AttemptRows(handle);
        this.succession = new Succession(handle, audit, now);
        this.journal = journal;
        this.audit = audit;
        this.node = node;
        this.now = now;
    }

    Start start(Digest digest, String who, Function<StoredPlan, Clearance> judge) {
        return start(digest, who, judge, seals()::trouble);
    }

    /// The same for a plan whose seals were looked at in this transaction.
    Start startWhole(Digest digest, String who, Function<StoredPlan, Clearance> judge) {
        return start(digest, who, judge, _ -> Optional.empty());
    }

    private Start start(
            Digest digest,
            String who,
            Function<StoredPlan, Clearance> judge,
            Function<Digest, Optional<String>> forged) {
        var found = rows.find(digest);
        if (found.isEmpty()) return new Start.Refused(Refusals.unknown(digest));
        var row = found.get();
        var refusal = new Refusals(handle).start(row, now).or(() -> forged.apply(digest));
        if (refusal.isPresent()) return new Start.Refused(refusal.get());
        return switch (judge.apply(row.stored())) {
            case Clearance.Clear() -> new Start.Started(start(row, who));
            case Clearance.NotYet(var from, var why) -> {
                from.filter(_ -> row.state() == PlanState.APPROVED)
                        .ifPresent(
                                it -> moves.reschedule(digest, Optional.of(it), Optional.of(why)));
                yield new Start.Refused("%s cannot start now: %s".formatted(digest.id(), why));
            }
            case Clearance.TooFew(var missing) -> new Start.Refused(tooFew(row, who, missing));
        };
    }

    /// An approved plan waits for an assent again. One that failed stays as it is: a part of it is
    /// done, and what was said before that is used up.
    private String tooFew(PlanRow row, String who, String missing) {
        var id = row.stored().id();
        if (row.state() == PlanState.FAILED) {
            return "%s is no longer approved: %s; reject it, and the rest is planned anew: assent reject %s --reason '…'"
                    .formatted(id, missing, id);
        }
        var digest = row.stored().digest();
        moves.reschedule(digest, Optional.empty(), Optional.empty());
        moves.move(digest, PlanState.PROPOSED, Optional.empty(), now);
        audit.append(handle, who, "plan.reopened", row.application(), digest, missing);
        return "%s is no longer approved: %s; to say yes: assent approve %s"
                .formatted(id, missing, id);
    }

    private Approval start(PlanRow row, String who) {
        var digest = row.stored().digest();
        var resumed = row.state() == PlanState.FAILED;
        if (!resumed && seals().consume(row, now) == 0) {
            throw new StateException(
                    "%s is marked as approved without an assent that can be used; nothing was started. What happened to it stands in the audit trail: assent history"
                            .formatted(digest.id()));
        }
        attempts.start(digest, node, now);
        succession.started(row);
        new HeadRows(handle).started(digest);
        var started = rows.find(digest).orElseThrow();
        audit.append(
                handle,
                who,
                resumed ? "plan.resumed" : "plan.started",
                row.application(),
                digest,
                "attempt " + started.attempt());
        return approval(started);
    }

    List<Approval> interrupted() {
        return rows.in(PlanState.APPLYING).stream()
                .filter(this::isWhole)
                .map(Runs::approval)
                .toList();
    }

    private boolean isWhole(PlanRow row) {
        var forged = seals().trouble(row.stored().digest());
        forged.ifPresent(it -> LOG.error("a plan is not gone on with: {}", it));
        return forged.isEmpty();
    }

    private Seals seals() {
        return new Seals(handle, audit.signet());
    }

    Optional<Approval> takeUp(Digest digest) {
        var row =
                rows.readable(digest)
                        .filter(it -> it.state() == PlanState.APPLYING)
                        .filter(this::isWhole);
        if (row.isEmpty()) return Optional.empty();
        return Optional.of(takenUp(row.get(), Audit.DAEMON, "plan.taken-up", interrupted(digest)));
    }

    private String interrupted(Digest digest) {
        return attempts.node(digest)
                .map(it -> "it was interrupted on node " + it)
                .orElse("it was interrupted");
    }

    private Approval takenUp(PlanRow row, String who, String what, String detail) {
        var digest = row.stored().digest();
        attempts.takeUp(digest, node);
        var now = rows.find(digest).orElseThrow();
        audit.append(
                handle,
                who,
                what,
                row.application(),
                digest,
                "%s, attempt %d".formatted(detail, now.attempt()));
        return approval(now);
    }

    void needsDecision(Approval approval, String step, String why) {
        journal.fence(handle, approval);
        var digest = approval.digest();
        moves.move(digest, PlanState.NEEDS_DECISION, Optional.of(why), now);
        journal.append(handle, approval, step, Event.UNKNOWN, why);
        audit.append(
                handle,
                Audit.DAEMON,
                "plan." + PlanState.NEEDS_DECISION.word(),
                approval.plan().application(),
                digest,
                why);
    }

    Optional<Approval> standing(Digest digest) {
        return rows.readable(digest)
                .filter(it -> it.state() == PlanState.NEEDS_DECISION)
                .map(Runs::approval);
    }

    Start resolve(Digest digest, String step, Resolution resolution, String who) {
        var found = rows.find(digest);
        if (found.isEmpty()) return new Start.Refused(Refusals.unknown(digest));
        var refusal = Refusals.resolve(found.get(), step, new StepRows(handle).unclear(digest));
        if (refusal.isPresent()) return new Start.Refused(refusal.get());
        moves.move(digest, PlanState.APPLYING, Optional.empty(), now);
        var detail = "%s: %s".formatted(step, resolution.word());
        var approval = takenUp(found.get(), who, "plan.resolved", detail);
        journal.append(
                handle, approval, step, Event.DECIDED, new Resolved(resolution, who).message());
        return new Start.Started(approval);
    }

    Decision cancel(Digest digest, String who) {
        var found = rows.find(digest);
        if (found.isEmpty()) return new Decision.Refused(Refusals.unknown(digest));
        var row = found.get();
        var refusal = new Refusals(handle).cancel(row);
        if (refusal.isPresent()) return new Decision.Refused(refusal.get());
        if (attempts.cancelledBy(digest).isEmpty()) {
            attempts.cancel(digest, who);
            audit.append(
                    handle,
                    who,
                    "plan.cancelled",
                    row.application(),
                    digest,
                    "it stops after the step that it is at, where that is safe");
        }
        return new Decision.Decided(rows.find(digest).orElseThrow().stored());
    }

    /// @param message for the journal
    /// @param reason for the plan, where it ended badly
    void end(Approval approval, PlanState state, String message, Optional<String> reason) {
        journal.fence(handle, approval);
        var application = approval.plan().application();
        moves.move(approval.digest(), state, reason, now);
        if (state == PlanState.APPLIED) moves.closeRequest(approval.digest());
        journal.ended(handle, approval, message);
        audit.append(
                handle,
                Audit.DAEMON,
                "plan." + state.word(),
                application,
                approval.digest(),
                reason.orElse("attempt " + approval.attempt()));
        succession.moved(application);
    }

    private static Approval approval(PlanRow row) {
        // The yes with which there were enough says how much is done; what others agreed to beyond
        // that is not.
        var assents = row.stored().assents();
        var covered = assents.isEmpty() ? new TreeSet<String>() : assents.getLast().changes();
        return new Approval(row.stored(), covered, row.proposal(), row.attempt());
    }
}
