package dev.assent.plan.render;

import dev.assent.model.Recorded;
import dev.assent.plan.Notice;
import dev.assent.plan.Plan;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.plan.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A plan for a pull request: what matters is seen at once, the rest is folded; never longer than a
/// comment may be, and nothing in it does anything.
public final class PlanMarkdown {

    /// Code hosts take 65,536 characters, and something may have to stand around a plan.
    public static final int LIMIT = 60_000;

    /// A plan in less room than that says too little.
    private static final int LEAST = 1_500;

    private static final int ROWS_SEEN = 50;
    private static final int NAMED = 3;
    private static final String TABLE = "| | | Change | Severity | Why |\n|---|---|---|---|---|\n";
    private static final String END = "\n</details>\n\n";

    private final Plan plan;
    private final Estimates estimates;
    private final Sheet sheet;
    private final Optional<String> commit;

    private PlanMarkdown(Plan plan, Estimates estimates, int limit) {
        this.plan = plan;
        this.estimates = estimates;
        this.sheet = new Sheet(limit);
        this.commit = Why.onlyCommit(plan);
    }

    /// A plan in less than [#LIMIT] characters.
    ///
    /// @param recorded the record that the plan was made against, where it is at hand: what the
    ///   plan does not touch is in the picture, too
    public static String of(Plan plan, Optional<Recorded> recorded, Estimates estimates) {
        return new PlanMarkdown(plan, estimates, LIMIT).write(recorded);
    }

    /// Several plans, which share the room of one; of those without changes only the number.
    ///
    /// @param recorded the record that a plan was made against, where it is at hand
    public static String of(List<Plan> plans, Function<Plan, Optional<Recorded>> recorded) {
        return of(plans, recorded, LIMIT);
    }

    /// The same in less room.
    ///
    /// @param room how many characters there are, not less than a few thousand
    public static String of(
            List<Plan> plans, Function<Plan, Optional<Recorded>> recorded, int room) {
        var worth = plans.stream().filter(it -> !it.isEmpty() || !it.notices().isEmpty()).toList();
        var most = Math.min(worth.size(), room / LEAST);
        var out = new StringBuilder();
        for (var plan : worth.subList(0, most)) {
            var limit = (room - LEAST) / most;
            out.append(new PlanMarkdown(plan, Estimates.NONE, limit).write(recorded.apply(plan)));
        }
        var calm = plans.size() - worth.size();
        if (calm > 0) {
            out.append(count(calm, "application needs", "applications need"))
                    .append(" no change.\n\n");
        }
        if (most < worth.size()) {
            out.append(count(worth.size() - most, "further plan has", "further plans have"))
                    .append(" no room here.\n\n");
        }
        return out.toString();
    }

    private String write(Optional<Recorded> recorded) {
        heading();
        var rows = plan.changes().stream().map(this::row).toList();
        var seen = Math.min(ROWS_SEEN, rows.size());
        sheet.add(
                _ -> TABLE,
                rows.subList(0, seen),
                "\n",
                it -> count(it, "row", "rows") + " of the table");
        answers();
        notices();
        sheet.add(
                it -> fold(it + " further changes") + TABLE,
                rows.subList(seen, rows.size()),
                END,
                it -> count(it, "row", "rows") + " of the table");
        variables();
        picture(recorded);
        sheet.add(
                it -> fold("Details of " + count(it, "change", "changes")),
                plan.changes().stream().map(this::details).toList(),
                END,
                it -> "the details of " + count(it, "change", "changes"));
        return sheet.end("assent show " + plan.id());
    }

    private void heading() {
        var application = Inert.code(plan.application().toString());
        if (plan.isEmpty()) {
            sheet.add("### No changes for " + application + "\n\n");
        } else {
            sheet.add("### Plan `%s` for %s\n\n".formatted(plan.id(), application));
        }
        var destructive = plan.destructive().size();
        sheet.add(
                Stream.of(
                                "**" + Summary.of(plan) + ".**",
                                destructive == 0
                                        ? ""
                                        : "**%s data.**"
                                                .formatted(
                                                        destructive == 1
                                                                ? "1 change destroys"
                                                                : destructive + " changes destroy"),
                                ended(plan.notices().size(), "notice", "notices"),
                                ended(plan.unchanged(), "group unchanged", "groups unchanged"),
                                commit.map(it -> "Declared at " + Inert.code(it) + ".").orElse(""))
                        .filter(it -> !it.isEmpty())
                        .collect(Collectors.joining(" ", "", "\n\n")));
    }

    private String row(PlannedChange planned) {
        var change = planned.change();
        return "| `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        Symbol.of(change).sign(),
                        Inert.prose(planned.id()),
                        Inert.prose(ChangeTitle.of(change)),
                        switch (change.severity()) {
                            case SAFE, DISRUPTIVE -> change.severity().word();
                            case DESTRUCTIVE -> "**destroys data**";
                        },
                        Inert.prose(
                                commit.isPresent()
                                        ? Why.place(planned.because())
                                        : Why.of(planned.because())));
    }

    private void answers() {
        if (plan.isEmpty()) return;
        sheet.add(
                (plan.destructive().isEmpty()
                                ? "To say yes:\n\n"
                                : "To say yes, to what destroys data as well (no backup is taken"
                                        + " before):\n\n")
                        + Inert.block("sh", List.of(Answers.approve(plan)))
                        + "\n",
                "the command that approves it");
    }

    private void notices() {
        sheet.add(
                _ -> "#### Notices\n\n",
                plan.notices().stream().map(PlanMarkdown::notice).toList(),
                "\n",
                it -> count(it, "notice", "notices"));
    }

    private static String notice(Notice notice) {
        var where =
                notice.place()
                        .map(it -> " (" + Inert.code(it.path() + ":" + it.line()) + ")")
                        .orElse("");
        var steps =
                notice.steps().isEmpty() ? "" : "\n" + Inert.block("sh", notice.steps()).indent(2);
        return "- **%s**: %s%s\n%s"
                .formatted(notice.code().word(), Inert.prose(notice.message()), where, steps);
    }

    private void variables() {
        var lines =
                plan.changes().stream()
                        .filter(it -> !it.variables().isNone())
                        .flatMap(it ->
                                FoldedNames.lines(it.variables(), it.change().group()).stream())
                        .distinct()
                        .toList();
        if (lines.isEmpty()) return;
        var block = Inert.block("diff", lines);
        var fence = block.substring(0, block.indexOf("diff"));
        sheet.add(
                _ -> fold("Variables, from the next redeploy on") + fence + "diff\n",
                lines.stream().map(it -> it + "\n").toList(),
                fence + "\n" + END,
                it -> count(it, "line", "lines") + " of variables");
    }

    private void picture(Optional<Recorded> recorded) {
        var sight =
                recorded.filter(it -> it.serial() == plan.baseSerial())
                        .map(it -> Sight.of(plan, it))
                        .orElseGet(() -> Sight.of(plan));
        if (plan.isEmpty() || !Picture.isWorthwhile(sight)) return;
        sheet.add(
                fold(
                                sight.whole()
                                        ? "Groups before and after"
                                        : "Groups that it touches, before and after")
                        + Inert.block("mermaid", Picture.of(plan.application(), sight))
                        + END,
                "the picture");
    }

    private String details(PlannedChange planned) {
        var change = planned.change();
        var lines = new ArrayList<String>();
        ChangeDetails.of(change).forEach(it -> lines.add(Inert.prose(it)));
        if (!planned.reach().isEmpty()) lines.add("reach: " + Inert.prose(planned.reach()));
        FoldedNames.lines(planned.variables(), change.group())
                .forEach(it -> lines.add("variables: " + Inert.code(it)));
        if (!planned.dependsOn().isEmpty()) lines.add("after: " + after(planned.dependsOn()));
        lines.add("because: " + Inert.prose(Why.of(planned.because())));
        estimates.of(planned.id()).ifPresent(it -> lines.add("takes: " + it));
        return fold(
                        Inert.label(planned.id())
                                + " · "
                                + Inert.label(change.action() + " " + change.group()))
                + lines.stream().map(it -> "- " + it + "\n").collect(Collectors.joining())
                + END;
    }

    private static String after(List<String> ids) {
        var named =
                IntStream.range(0, Math.min(NAMED, ids.size()))
                        .mapToObj(it -> Inert.prose(ids.get(it)))
                        .collect(Collectors.joining(", "));
        return ids.size() > NAMED ? named + " and " + (ids.size() - NAMED) + " more" : named;
    }

    private static String fold(String summary) {
        return "<details><summary>" + summary + "</summary>\n\n";
    }

    private static String ended(int count, String one, String many) {
        return count == 0 ? "" : count(count, one, many) + ".";
    }

    private static String count(int count, String one, String many) {
        return count == 1 ? "1 " + one : count + " " + many;
    }
}
