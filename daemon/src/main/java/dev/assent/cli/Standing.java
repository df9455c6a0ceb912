package dev.assent.cli;

import dev.assent.plan.Digest;
import dev.assent.plan.Severity;
import dev.assent.state.Asked;
import dev.assent.state.Assent;
import dev.assent.state.PlanState;
import dev.assent.state.StoredPlan;
import java.time.Instant;
import java.util.stream.Collectors;

/// Where a plan stands, in a few lines: since when, by whom, and what can be done next.
final class Standing {

    private Standing() {}

    static String of(StoredPlan stored, Instant now) {
        var table = new Table(0);
        table.row("State", stored.state().word() + ", " + Ago.of(stored.changedAt(), now));
        table.row("Proposed", Ago.of(stored.proposedAt(), now));
        table.row("From", stored.asked().map(Standing::asked).orElseGet(() -> origin(stored)));
        var enough = stored.state() != PlanState.PROPOSED;
        stored.assents()
                .forEach(it -> table.row(enough ? "Approved" : "Yes", assent(stored, it, now)));
        stored.notBefore()
                .filter(_ -> stored.state() == PlanState.APPROVED)
                .ifPresent(
                        it -> table.row("Waits", "until " + it + ", since " + stored.waitsFor()));
        stored.reason()
                .filter(_ -> stored.state() != PlanState.APPROVED)
                .ifPresent(it -> table.row("Reason", it));
        stored.supersededBy().map(Digest::id).ifPresent(it -> table.row("In its place", it));
        table.row("Digest", stored.digest().toString());
        next(stored, now, table);
        return table.toString();
    }

    private static String asked(Asked asked) {
        return "a request of " + asked.who();
    }

    private static String origin(StoredPlan stored) {
        if (stored.wanted().byDrift()) return "what was found of its servers";
        var heads =
                stored.wanted().byHeads().stream()
                        .map(it -> Terminal.harmless(it.name()))
                        .collect(Collectors.joining(", "));
        return "%s at %s of %s%s"
                .formatted(
                        stored.provenance().path(),
                        StatusText.commit(stored.provenance().commit()),
                        stored.provenance().repository(),
                        heads.isEmpty()
                                ? ""
                                : stored.wanted().byBranch()
                                        ? ", and " + heads
                                        : ", " + heads + ", not merged yet");
    }

    private static String assent(StoredPlan stored, Assent assent, Instant now) {
        var held = stored.plan().changes().size() - assent.changes().size();
        return "by %s (%s), %s%s"
                .formatted(
                        assent.who(),
                        assent.channel(),
                        Ago.of(assent.at(), now),
                        held == 0 ? "" : "; %d held back".formatted(held));
    }

    private static void next(StoredPlan stored, Instant now, Table table) {
        switch (stored.state()) {
            case PROPOSED -> {
                table.row("To approve it", "assent approve " + stored.id() + destroys(stored));
                table.row("To reject it", "assent reject " + stored.id() + " --reason '…'");
            }
            case APPROVED -> {
                if (stored.notBefore().filter(now::isBefore).isEmpty()) {
                    table.row("To start it", "assent apply " + stored.id());
                }
                table.row("To cancel it", "assent reject " + stored.id() + " --reason '…'");
            }
            case APPLYING -> table.row("To watch it", "assent follow " + stored.id());
            case NEEDS_DECISION ->
                    table.row("To decide on its step", "assent resolve " + stored.id());
            case FAILED -> table.row("To resume it", "assent apply " + stored.id());
            case APPLIED, REJECTED, SUPERSEDED, EXPIRED -> {}
        }
    }

    private static String destroys(StoredPlan stored) {
        return stored.plan().changes().stream()
                .filter(it -> it.change().severity() == Severity.DESTRUCTIVE)
                .map(it -> " --destroy " + it.change().group())
                .distinct()
                .collect(Collectors.joining());
    }
}
