package dev.assent.cli;

import dev.assent.cli.PolicyTrial.TriedChange;
import java.util.List;

/// What a policy makes of a plan, for a person.
final class PolicyTrialText {

    private PolicyTrialText() {}

    static String of(PolicyTrial trial) {
        var text = new StringBuilder();
        text.append(
                "Plan %s for %s/%s%s\n"
                        .formatted(
                                trial.id(),
                                trial.application(),
                                trial.environment(),
                                trial.authors().isEmpty()
                                        ? ""
                                        : ", by " + String.join(", ", trial.authors())));
        trial.changes().forEach(it -> text.append('\n').append(change(it)));
        text.append('\n').append(start(trial)).append('\n');
        return Terminal.harmless(text.toString());
    }

    private static String change(TriedChange change) {
        var table = new Table(6);
        change.rule().ifPresent(it -> table.row("rule", it + ": " + change.needs().orElse("")));
        rows(table, "could", change.could());
        rows(table, "could not", change.couldNot());
        if (change.approved()) table.row("so far", "enough have said yes");
        change.missing().ifPresent(it -> table.row(change.never() ? "nobody" : "so far", it));
        return "  %s  %s  %s\n%s".formatted(change.id(), change.title(), change.severity(), table);
    }

    private static void rows(Table table, String label, List<String> lines) {
        for (var i = 0; i < lines.size(); i++) table.row(i == 0 ? label : "", lines.get(i));
    }

    private static String start(PolicyTrial trial) {
        if (trial.waitsFor().isEmpty()) return "Approved now, it could start at once.";
        return trial.startsAt()
                .map(it ->
                        "Approved now, it would start at %s: %s."
                                .formatted(it, trial.waitsFor().orElse("")))
                .orElse("It could never start: " + trial.waitsFor().get() + ".");
    }
}
