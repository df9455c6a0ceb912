package dev.assent.state;

import dev.assent.plan.Digest;
import dev.assent.plan.Plan;
import dev.assent.state.Plans.Proposal;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What becomes of a plan that is proposed, inside the transaction that writes it.
final class Proposals {

    private static final String PUSHED = "what its head wants has changed";
    private static final String NOTHING_LEFT = "its head wants nothing changed any more";

    private final Handle handle;
    private final PlanRows rows;
    private final PlanMoves moves;
    private final Succession succession;
    private final Audit audit;
    private final Instant now;

    Proposals(Handle handle, Audit audit, Instant now) {
        this.handle = handle;
        this.rows = new PlanRows(handle);
        this.moves = new PlanMoves(handle);
        this.succession = new Succession(handle, audit, now);
        this.audit = audit;
        this.now = now;
    }

    /// A plan that a manifest asks for.
    ///
    /// @param again whether one that was rejected or has expired is to wait once more
    Proposal propose(Plan plan, Provenance provenance, boolean again) {
        var obstacle = obstacle(plan);
        if (obstacle.isPresent()) {
            // What is no longer wanted must not be started while this one waits.
            if (obstacle.get() == Proposal.BUSY) succession.onlyWanted(plan);
            return obstacle.get();
        }
        if (plan.isEmpty()) {
            succession.onlyWanted(plan);
            return Proposal.EMPTY;
        }
        var digest = plan.digest();
        var standing = whole(digest).filter(it -> again ? isOpen(it) : stands(it, provenance));
        standing.ifPresentOrElse(
                it -> seen(it, provenance),
                () -> insert(plan, digest, provenance, Optional.empty()));
        moves.byBranch(digest, true);
        succession.wanted(plan, digest);
        return standing.isPresent() ? Proposal.KNOWN : Proposal.NEW;
    }

    /// A plan that a person asks for. It takes no other plan's place, since it is about something
    /// else; whichever is applied first, the others are made anew.
    ///
    /// @param password with which a server that it adopts is entered, sealed
    Proposal ask(Plan plan, Provenance provenance, Asked asked, Optional<byte[]> password) {
        var obstacle = obstacle(plan);
        if (obstacle.isPresent()) return obstacle.get();
        var digest = plan.digest();
        if (whole(digest).filter(Proposals::isOpen).isPresent()) return Proposal.KNOWN;
        insert(plan, digest, provenance, Optional.of(asked));
        password.ifPresent(it -> Adoptions.keep(handle, digest, it));
        return Proposal.NEW;
    }

    /// A plan that would mend what was found. It takes the place of what would have mended
    /// something else, and of nothing that a manifest or a person asks for.
    ///
    /// @param since since when it is as it was found: a no that is younger still holds
    /// @param again whether one that was rejected or has expired is to wait once more
    Proposal repair(Plan plan, Instant since, boolean again) {
        var obstacle = obstacle(plan);
        if (obstacle.isPresent()) return obstacle.get();
        if (plan.isEmpty()) {
            succession.mends(plan);
            return Proposal.EMPTY;
        }
        var digest = plan.digest();
        var standing = whole(digest).filter(it -> isOpen(it) || (!again && isRefused(it, since)));
        if (standing.isEmpty()) insertRepair(plan, digest);
        moves.byDrift(digest, true);
        succession.mends(plan);
        return standing.isPresent() ? Proposal.KNOWN : Proposal.NEW;
    }

    /// Whether nobody wanted it, or took it up in time, since it is as it was found.
    private static boolean isRefused(PlanRow known, Instant since) {
        return switch (known.state()) {
            case REJECTED, EXPIRED -> !known.stored().changedAt().isBefore(since);
            case PROPOSED, APPROVED, APPLYING, NEEDS_DECISION, FAILED, APPLIED, SUPERSEDED -> false;
        };
    }

    private void insertRepair(Plan plan, Digest digest) {
        Serials.begin(handle, plan.application());
        moves.propose(plan, digest, Provenance.NONE, false, Optional.empty(), now);
        seals().plan(digest);
        audit.append(
                handle,
                Audit.DAEMON,
                "plan.proposed",
                plan.application(),
                digest,
                "to mend what was found");
    }

    /// A plan that a head beside the branch asks for. It waits beside the others, and takes the
    /// place of what the head asked for before; if only the record moved on in between and the
    /// changes are the same, so do the assents.
    Proposal propose(Plan plan, Provenance provenance, HeadRows.Link link, boolean anew) {
        var heads = new HeadRows(handle);
        var before = heads.digest(link);
        var obstacle = obstacle(plan);
        var digest = plan.digest();
        if (obstacle.isPresent()) {
            if (obstacle.get() == Proposal.BUSY && !isStill(before, provenance)) {
                heads.put(link, HeadPlan.Condition.WAITING, Optional.empty());
                before.ifPresent(it -> succession.leftByHead(it, PUSHED, Optional.empty()));
            }
            return obstacle.get();
        }
        if (plan.isEmpty()) {
            heads.put(link, HeadPlan.Condition.NOTHING, Optional.empty());
            before.ifPresent(it -> succession.leftByHead(it, NOTHING_LEFT, Optional.empty()));
            return Proposal.EMPTY;
        }
        var standing = whole(digest).filter(it -> anew ? isOpen(it) : stands(it, provenance));
        standing.ifPresentOrElse(
                it -> seen(it, provenance), () -> insertBeside(plan, digest, provenance, link));
        heads.put(link, HeadPlan.Condition.PLANNED, Optional.of(digest));
        before.filter(it -> !it.equals(digest))
                .ifPresent(it -> {
                    if (standing.isEmpty()) carryOver(it, plan);
                    succession.leftByHead(it, PUSHED, Optional.of(digest));
                });
        return standing.isPresent() ? Proposal.KNOWN : Proposal.NEW;
    }

    /// Whether it is the same commit that asked for the plan of before: the record moves under it,
    /// and its assents must be there when that is over.
    private boolean isStill(Optional<Digest> before, Provenance provenance) {
        return before.flatMap(rows::readable)
                .filter(it -> it.seenCommit().equals(provenance.commit()))
                .isPresent();
    }

    private void carryOver(Digest from, Plan to) {
        var old = rows.readable(from);
        var fresh = rows.readable(to.digest());
        if (old.isEmpty() || fresh.isEmpty()) return;
        if (!old.get().stored().plan().hasTheSameChangesAs(to)) return;
        switch (old.get().state()) {
            case PROPOSED, APPROVED, SUPERSEDED -> {}
            case APPLYING, NEEDS_DECISION, APPLIED, REJECTED, EXPIRED, FAILED -> {
                return;
            }
        }
        if (seals().carry(old.get(), fresh.get()) == 0) return;
        if (old.get().wasApproved()) {
            moves.move(to.digest(), PlanState.APPROVED, Optional.empty(), now);
            old.get().stored().notBefore().ifPresent(it -> moves.wait(to.digest(), it));
        }
        audit.append(
                handle,
                Audit.DAEMON,
                "plan.assents-kept",
                to.application(),
                to.digest(),
                "those of %s, whose changes are the same".formatted(from.id()));
    }

    private void insertBeside(Plan plan, Digest digest, Provenance provenance, HeadRows.Link link) {
        Serials.begin(handle, plan.application());
        moves.propose(plan, digest, provenance, false, Optional.empty(), now);
        seals().plan(digest);
        audit.append(
                handle,
                Audit.DAEMON,
                "plan.proposed",
                plan.application(),
                digest,
                "%s %s, as if merged, at %s"
                        .formatted(link.repository(), link.ref(), provenance.commit()));
    }

    private Optional<Proposal> obstacle(Plan plan) {
        var application = plan.application();
        if (!rows.in(application, PlanState.APPLYING, PlanState.NEEDS_DECISION).isEmpty())
            return Optional.of(Proposal.BUSY);
        return plan.baseSerial() == Serials.of(handle, application)
                ? Optional.empty()
                : Optional.of(Proposal.STALE);
    }

    /// A plan that is known. One that cannot be read, or whose seal is not ours, is written anew,
    /// and waits for an assent.
    private Optional<PlanRow> whole(Digest digest) {
        return rows.readable(digest).filter(_ -> seals().trouble(digest).isEmpty());
    }

    private Seals seals() {
        return new Seals(handle, audit.signet());
    }

    private static boolean isOpen(PlanRow known) {
        return switch (known.state()) {
            case PROPOSED, APPROVED, APPLYING, NEEDS_DECISION, FAILED -> true;
            case REJECTED, EXPIRED, APPLIED, SUPERSEDED -> false;
        };
    }

    /// Whether what was said of a plan holds for a commit that asks for it once more. A superseded
    /// plan that is wanted again (a branch was set back) waits again, whichever commit says so.
    private static boolean stands(PlanRow known, Provenance provenance) {
        return switch (known.state()) {
            case PROPOSED, APPROVED, APPLYING, NEEDS_DECISION, FAILED -> true;
            case REJECTED, EXPIRED, APPLIED -> known.seenCommit().equals(provenance.commit());
            case SUPERSEDED -> false;
        };
    }

    private void seen(PlanRow known, Provenance provenance) {
        if (known.seenCommit().equals(provenance.commit())) return;
        moves.seen(known.stored().digest(), provenance.commit());
    }

    private void insert(Plan plan, Digest digest, Provenance provenance, Optional<Asked> asked) {
        Serials.begin(handle, plan.application());
        moves.propose(plan, digest, provenance, asked.isEmpty(), asked, now);
        seals().plan(digest);
        audit.append(
                handle,
                asked.map(Asked::who).orElse(Audit.DAEMON),
                "plan.proposed",
                plan.application(),
                digest,
                asked.map(it -> it.request().words(plan.application()))
                        .orElseGet(() ->
                                "%s %s at %s"
                                        .formatted(
                                                provenance.repository(),
                                                provenance.path(),
                                                provenance.commit())));
    }
}
