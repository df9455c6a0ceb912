package dev.assent.plan.render;

import dev.assent.manifest.Colour;
import dev.assent.manifest.Look;
import dev.assent.manifest.Visible;
import dev.assent.plan.Notice;
import dev.assent.plan.Plan;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.plan.Severity;
import dev.assent.plan.Summary;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A plan as a person reads it in a terminal, with the symbols that Terraform's users know. Only
/// what changes is listed, the rest is counted; only the symbols in use are explained.
public final class PlanText {

    private static final String DESTRUCTIVE = "DESTROYS DATA";

    /// So many changes that have to come before are named, the rest is counted.
    private static final int NAMED = 3;

    private final Plan plan;
    private final Look look;
    private final Estimates estimates;
    private final TextLines out;
    private final Map<String, PlannedChange> byId;
    private final int ids;
    private final int titles;

    private PlanText(Plan plan, Look look, Estimates estimates) {
        this.plan = plan;
        this.look = look;
        this.estimates = estimates;
        this.out = new TextLines(look);
        this.byId =
                plan.changes().stream()
                        .collect(
                                Collectors.toMap(
                                        PlannedChange::id,
                                        Function.identity(),
                                        (first, _) -> first));
        this.ids = longest(plan.changes(), PlanText::id);
        this.titles = longest(plan.changes(), it -> ChangeTitle.of(it.change()));
    }

    /// For lines of the usual width, without a word on how long it takes.
    public static String of(Plan plan, boolean colour) {
        return of(plan, new Look(colour, Look.PLAIN.width()), Estimates.NONE);
    }

    /// Lines, each ended by a line feed.
    public static String of(Plan plan, Look look, Estimates estimates) {
        var text = new PlanText(plan, look, estimates);
        text.plan();
        return text.out.toString();
    }

    private void plan() {
        if (plan.isEmpty()) {
            nothing();
        } else {
            out.text(
                    0,
                    "Plan %s for %s (record at serial %d)"
                            .formatted(plan.id(), plan.application(), plan.baseSerial()));
            out.line("");
            legend();
            plan.changes().forEach(this::change);
        }
        if (!plan.notices().isEmpty()) notices();
        if (!plan.isEmpty()) {
            destructive();
            unchanged();
        }
        out.line(summary());
    }

    private void nothing() {
        if (plan.notices().isEmpty()) {
            out.text(
                    0,
                    plan.application()
                            + ": no changes. What exists is what the manifest declares.");
        } else {
            out.line(plan.application() + ": no changes.");
            out.line("");
        }
    }

    private void legend() {
        var symbols = new TreeSet<Symbol>();
        plan.changes().forEach(it -> symbols.add(Symbol.of(it.change())));
        out.line(
                symbols.stream()
                        .map(it -> it.painted(look.colour()) + " " + it.meaning())
                        .collect(Collectors.joining(", ", "  ", "")));
        out.line("");
    }

    private void change(PlannedChange planned) {
        var change = planned.change();
        // The symbol, the id, and the spaces around them.
        var indent = ids + 6;
        var room = Math.max(20, out.width() - indent - 2 - DESTRUCTIVE.length());
        out.columns(
                "  %s %s  "
                        .formatted(
                                Symbol.of(change).painted(look.colour()),
                                id(planned) + " ".repeat(ids - Visible.width(id(planned)))),
                indent,
                Math.min(titles, room),
                ChangeTitle.of(change),
                severity(change.severity()));
        ChangeDetails.of(change).forEach(it -> out.text(indent, it));
        out.labelled(indent, "reach", texts(Visible.of(planned.reach())));
        out.labelled(indent, "variables", FoldedNames.lines(planned.variables(), change.group()));
        out.labelled(indent, "after", texts(after(planned)));
        out.labelled(indent, "because", texts(Why.of(planned.because())));
        out.labelled(
                indent,
                "takes",
                estimates.of(planned.id()).map(Object::toString).stream().toList());
        out.line("");
    }

    private static String id(PlannedChange planned) {
        return Visible.of(planned.id());
    }

    private static List<String> texts(String text) {
        return text.isEmpty() ? List.of() : List.of(text);
    }

    /// What has to be done before; that it is what comes before on the same group needs no words.
    private String after(PlannedChange planned) {
        var others =
                planned.dependsOn().stream()
                        .filter(byId::containsKey)
                        .map(byId::get)
                        .filter(it -> !it.change().group().equals(planned.change().group()))
                        .toList();
        var named =
                others.stream()
                        .limit(NAMED)
                        .map(it -> id(it) + " (" + ChangeTitle.of(it.change()) + ")")
                        .collect(Collectors.joining(", "));
        return others.size() > NAMED ? named + " and " + (others.size() - NAMED) + " more" : named;
    }

    private String severity(Severity severity) {
        return switch (severity) {
            case SAFE -> look.paint(Colour.FAINT, severity.word());
            case DISRUPTIVE -> look.paint(Colour.YELLOW, severity.word());
            case DESTRUCTIVE -> look.paint(Colour.RED, DESTRUCTIVE);
        };
    }

    private void notices() {
        out.line("Notices");
        var codes = longest(plan.notices(), it -> it.code().word());
        for (var notice : plan.notices()) {
            var code = notice.code().word();
            out.behind(
                    "  %s %s%s  "
                            .formatted(
                                    look.paint(Colour.YELLOW, "!"),
                                    code,
                                    " ".repeat(codes - code.length())),
                    codes + 6,
                    said(notice));
            notice.steps().forEach(it -> out.line("      " + Visible.of(it)));
        }
        out.line("");
    }

    /// One notice in one line, without colour.
    public static String of(Notice notice) {
        return notice.code().word() + "  " + said(notice);
    }

    private static String said(Notice notice) {
        return Visible.of(notice.message())
                + notice.place()
                        .map(it -> " (%s:%d)".formatted(Visible.of(it.path()), it.line()))
                        .orElse("");
    }

    private void destructive() {
        if (plan.destructive().isEmpty()) return;
        out.text(0, "What destroys data needs its own yes, and no backup is taken before:");
        out.line("  " + Answers.approve(plan));
        out.line("");
    }

    private void unchanged() {
        switch (plan.unchanged()) {
            case 0 -> {}
            case 1 -> out.line("1 group unchanged.");
            default -> out.line(plan.unchanged() + " groups unchanged.");
        }
    }

    private String summary() {
        var notices = plan.notices().size();
        return "Plan: %s.%s"
                .formatted(
                        Summary.of(plan),
                        switch (notices) {
                            case 0 -> "";
                            case 1 -> " 1 notice.";
                            default -> " " + notices + " notices.";
                        });
    }

    private static <T> int longest(List<T> all, Function<T, String> text) {
        return all.stream().mapToInt(it -> Visible.width(text.apply(it))).max().orElse(0);
    }
}
