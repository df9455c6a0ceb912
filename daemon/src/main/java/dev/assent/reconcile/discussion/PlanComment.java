package dev.assent.reconcile.discussion;

import static dev.assent.plan.render.Inert.code;
import static dev.assent.plan.render.Inert.prose;

import dev.assent.model.GroupName;
import dev.assent.plan.Summary;
import dev.assent.plan.render.Inert;
import dev.assent.plan.render.PlanMarkdown;
import dev.assent.state.Assent;
import dev.assent.state.HeadState;
import dev.assent.state.PlanState;
import dev.assent.state.StoredPlan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The one comment that tells what a pull request would do. It is edited in place, so it says
/// nothing that changes by itself; all that is somebody's text in it is inert.
final class PlanComment {

    /// More applications than that are counted; and those that don't fit into [#LIST].
    private static final int NAMED = 40;

    /// How many characters are told of applications, before their plans are shown.
    private static final int LIST = 20_000;

    /// What stands below the plans.
    private static final int BELOW = 2_000;

    /// Of what is wrong with a manifest, more lines are found by `assent validate`.
    private static final int REMARKS = 60;

    /// A line of somebody's manifest can be of any length.
    private static final int LINE = 200;

    private final StringBuilder out = new StringBuilder();

    private PlanComment() {}

    /// @param branch the branch's name
    static String of(String marker, String branch, HeadState head, List<Part> parts) {
        var comment = new PlanComment();
        comment.write(marker, branch, head, parts);
        return comment.out.toString();
    }

    private void write(String marker, String branch, HeadState head, List<Part> parts) {
        line(marker);
        var commit = head.commit().substring(0, Math.min(8, head.commit().length()));
        line("### What %s would do".formatted(code(head.name())));
        line("");
        line("Planned at %s, as if merged into %s.".formatted(code(commit), code(branch)));
        line("");
        switch (head.condition()) {
            case CONFLICT ->
                    line(
                            "**It cannot be planned:** %s."
                                    .formatted(prose(head.detail().orElse("it conflicts"))));
            case MERGED -> line("The branch has all of it.");
            case PLANNED -> planned(parts);
        }
    }

    private void planned(List<Part> parts) {
        if (parts.isEmpty()) {
            line("No database group changes: no manifest that is read differs.");
            return;
        }
        var named = 0;
        while (named < Math.min(NAMED, parts.size()) && fits(parts.get(named))) named++;
        if (parts.size() > named) {
            line("* and %d more applications".formatted(parts.size() - named));
        }
        line("");
        var plans = parts.stream().flatMap(it -> it.plan().stream()).toList();
        if (plans.isEmpty()) return;
        out.append(
                PlanMarkdown.of(
                        plans.stream().map(StoredPlan::plan).toList(),
                        _ -> Optional.empty(),
                        PlanMarkdown.LIMIT - out.length() - BELOW));
        line("");
        if (plans.stream().anyMatch(it -> it.state() == PlanState.PROPOSED)) ways(plans);
    }

    /// Tells of an application, unless that is more than there is room for.
    private boolean fits(Part part) {
        var before = out.length();
        part(part);
        if (out.length() <= LIST) return true;
        out.setLength(before);
        return false;
    }

    private void part(Part part) {
        var application = code(part.said().application().toString());
        part.applied()
                .filter(it -> !it.digest().equals(part.said().digest().orElse(null)))
                .ifPresent(it ->
                        line("* %s: %s is %s".formatted(application, code(it.id()), state(it))));
        switch (part.said().condition()) {
            case PLANNED -> part.plan().ifPresent(it -> plan(application, part, it));
            case NOTHING -> {
                if (part.applied().isEmpty()) line("* %s: nothing to do".formatted(application));
                remarks(part);
            }
            case INVALID -> {
                line(
                        "* %s: **not planned**, %s has errors"
                                .formatted(application, code(part.said().path())));
                remarks(part);
            }
            case ELSEWHERE -> {
                line("* %s: not planned".formatted(application));
                remarks(part);
            }
            case WAITING ->
                    line(
                            "* %s: a plan is being applied; this is planned when that ends"
                                    .formatted(application));
        }
    }

    private void plan(String application, Part part, StoredPlan plan) {
        line(
                "* %s %s: %s **%s**"
                        .formatted(
                                application,
                                code(plan.id()),
                                prose(Summary.of(plan.plan()).toString()),
                                state(plan)));
        for (var assent : plan.assents()) line("    * yes: %s".formatted(said(assent)));
        if (plan.state() == PlanState.PROPOSED) {
            part.never()
                    .or(part::missing)
                    .ifPresent(it -> line("    * still needed: %s".formatted(prose(it))));
        }
        if (plan.state() == PlanState.APPROVED && part.beginsAfterMerge()) {
            line("    * it is begun once this is merged");
        }
        plan.notBefore()
                .filter(_ -> plan.state() == PlanState.APPROVED)
                .ifPresent(it -> line("    * not before %s".formatted(code(it.toString()))));
        for (var overlap : part.overlaps()) {
            line(
                    "    * **%s touches %s, too** (%s): whichever is applied first, the other is planned again"
                            .formatted(
                                    code(overlap.head()),
                                    overlap.groups().stream()
                                            .map(GroupName::toString)
                                            .map(Inert::code)
                                            .collect(Collectors.joining(", ")),
                                    code(overlap.plan())));
        }
    }

    private static String said(Assent assent) {
        return "%s by %s".formatted(code(assent.who()), assent.channel());
    }

    private static String state(StoredPlan plan) {
        var reason = plan.reason().map(it -> ": " + prose(it)).orElse("");
        return switch (plan.state()) {
            case PROPOSED -> "waits for approval";
            case APPROVED -> "is approved";
            case APPLYING -> "is being applied";
            case NEEDS_DECISION -> "stands still and needs a decision" + reason;
            case APPLIED -> "applied";
            case REJECTED -> plan.reason().map(Inert::prose).orElse("rejected");
            case SUPERSEDED, EXPIRED, FAILED -> plan.state().word() + reason;
        };
    }

    private void remarks(Part part) {
        var remarks = part.said().remarks();
        if (remarks.isEmpty()) return;
        var lines =
                remarks.stream()
                        .flatMap(String::lines)
                        .limit(REMARKS)
                        .map(PlanComment::cut)
                        .toList();
        line("");
        Inert.block("text", lines).lines().forEach(it -> line("  " + it));
        line("");
    }

    private static String cut(String line) {
        if (line.length() <= LINE) return line;
        return line.substring(0, line.offsetByCodePoints(0, LINE / 2)) + "…";
    }

    private void ways(List<StoredPlan> plans) {
        var destroyed =
                plans.stream()
                        .flatMap(it -> it.plan().destructive().stream())
                        .map(it -> it.change().group().toString())
                        .distinct()
                        .limit(3)
                        .map(it -> " --destroy " + it)
                        .collect(Collectors.joining());
        line(
                "To say yes, write on a line of its own: %s"
                        .formatted(code("/assent approve" + destroyed)));
        line(
                "To say no: %s. More: %s."
                        .formatted(code("/assent reject REASON"), code("/assent help")));
    }

    private void line(String line) {
        out.append(line).append('\n');
    }
}
