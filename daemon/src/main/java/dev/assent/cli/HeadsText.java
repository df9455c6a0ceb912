package dev.assent.cli;

import dev.assent.http.api.HeadsAnswer;
import dev.assent.http.api.HeadsAnswer.Head;
import dev.assent.http.api.HeadsAnswer.Part;
import java.util.stream.Collectors;

/// What heads beside the branch would do, as a person reads it.
final class HeadsText {

    private final StringBuilder out = new StringBuilder();
    private final Terminal terminal;

    private HeadsText(Terminal terminal) {
        this.terminal = terminal;
    }

    static String of(HeadsAnswer heads, Terminal terminal) {
        var text = new HeadsText(terminal);
        heads.heads().forEach(text::head);
        return text.out.toString();
    }

    private void head(Head head) {
        line(
                "%s of %s at %s, as if merged"
                        .formatted(
                                head.name(), head.repository(), StatusText.commit(head.commit())));
        if (!head.title().isEmpty()) line("  " + head.title());
        switch (head.condition()) {
            case "conflict" -> line("  It can't be planned: " + head.detail().orElse("a conflict"));
            case "merged" -> line("  The branch has all of it.");
            default -> {
                if (head.applications().isEmpty()) line("  It touches no manifest that is read.");
                head.applications().forEach(this::part);
            }
        }
    }

    private void part(Part part) {
        var application = part.application() + "/" + part.environment();
        var what =
                switch (part.condition()) {
                    case "nothing" -> "nothing to do";
                    case "invalid" -> part.path() + " has errors";
                    case "elsewhere" -> "not planned";
                    case "waiting" -> "planned when what is being applied ends";
                    default -> "";
                };
        part.plan()
                .ifPresentOrElse(
                        it -> {
                            var table = new Table(2);
                            table.row(
                                    it.id(),
                                    it.state(),
                                    application,
                                    PlanLine.changes(it),
                                    Ago.of(it.proposedAt(), terminal.clock().instant()),
                                    PlanLine.nextStep(it).orElse(""));
                            out.append(table);
                        },
                        () -> line("  " + application + ": " + what));
        part.remarks().stream().flatMap(String::lines).forEach(it -> line("    " + it));
        for (var it : part.overlaps()) {
            line(
                    "    %s touches %s, too (%s): whichever is applied first, the other is planned again"
                            .formatted(
                                    it.head(),
                                    it.groups().stream().collect(Collectors.joining(", ")),
                                    it.plan()));
        }
    }

    private void line(String line) {
        out.append(Terminal.harmless(line)).append('\n');
    }
}
