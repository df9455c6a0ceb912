package dev.assent.plan.render;

import dev.assent.manifest.Colour;
import dev.assent.manifest.Visible;
import dev.assent.model.ServerName;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
import dev.assent.model.Version;
import dev.assent.plan.Because;
import dev.assent.plan.Change;
import dev.assent.plan.Change.AddServer;
import dev.assent.plan.Change.AdoptGroup;
import dev.assent.plan.Change.ChangeSetting;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.plan.Change.ReleaseGroup;
import dev.assent.plan.Change.RemoveGroup;
import dev.assent.plan.Change.RemoveServer;
import dev.assent.plan.Change.SetBackups;
import dev.assent.plan.Change.SetPrimary;
import dev.assent.plan.Change.SetProtection;
import dev.assent.plan.Change.StartReplication;
import dev.assent.plan.Change.StopReplication;
import dev.assent.plan.Notice;
import dev.assent.plan.Plan;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.plan.Severity;
import dev.assent.plan.Summary;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/// A plan as a person reads it in a terminal, with the symbols that Terraform's users know. Only
/// what changes is listed, the rest is counted; only the symbols in use are explained.
public final class PlanText {

    private final StringBuilder out = new StringBuilder();
    private final boolean colour;

    private PlanText(boolean colour) {
        this.colour = colour;
    }

    /// Lines, each ended by a line feed.
    public static String of(Plan plan, boolean colour) {
        var text = new PlanText(colour);
        text.plan(plan);
        return text.out.toString();
    }

    private void plan(Plan plan) {
        if (plan.isEmpty()) {
            line(plan.application() + ": no changes. What exists is what the manifest declares.");
        } else {
            line(
                    "Plan %s for %s (record at serial %d)"
                            .formatted(plan.id(), plan.application(), plan.baseSerial()));
            line("");
            legend(plan);
            plan.changes().forEach(this::change);
        }
        if (!plan.notices().isEmpty()) {
            if (plan.isEmpty()) line("");
            line("Notices");
            plan.notices().forEach(this::notice);
            line("");
        }
        if (!plan.isEmpty()) destructive(plan);
        line(summary(plan));
    }

    private void legend(Plan plan) {
        var symbols = new LinkedHashSet<Symbol>();
        plan.changes().forEach(it -> symbols.add(Symbol.of(it.change())));
        line(
                symbols.stream()
                        .map(it -> it.painted(colour) + " " + it.meaning)
                        .collect(Collectors.joining(", ", "  ", "")));
        line("");
    }

    private void change(PlannedChange planned) {
        var symbol = Symbol.of(planned.change());
        line(
                "  %s %s  %s%s"
                        .formatted(
                                symbol.painted(colour),
                                planned.id(),
                                ChangeTitle.of(planned.change()),
                                severity(planned.change().severity())));
        details(planned.change()).forEach(it -> line("        " + it));
        line("        because " + because(planned.because()));
        line("");
    }

    private static String because(Because because) {
        return switch (because) {
            case Because.Declared(var place, var commit) ->
                    "of %s:%d%s"
                            .formatted(
                                    Visible.of(place.path()),
                                    place.line(),
                                    commit.map(it ->
                                                    " at "
                                                            + it.substring(
                                                                    0, Math.min(10, it.length())))
                                            .orElse(""));
            case Because.Asked(var who, var request) ->
                    "%s asked: %s".formatted(Visible.of(who), Visible.of(request));
        };
    }

    private static List<String> details(Change change) {
        return switch (change) {
            case CreateGroup it ->
                    List.of(
                            specification(it.specification()),
                            servers(it.servers()),
                            it.primary()
                                    ? "becomes the primary group: %s_… variables point to it"
                                            .formatted(it.group().engine().prefix())
                                    : "variables: %s_%s_…"
                                            .formatted(
                                                    it.group().engine().prefix(),
                                                    it.group().variablePart()));
            case AdoptGroup it -> List.of(specification(it.specification()));
            case AddServer it -> List.of("as a replica of the primary server");
            case ChangeSetting it ->
                    List.of("it is " + it.from().map(Visible::of).orElse("not set"));
            case SetBackups it ->
                    List.of(
                            "now: "
                                    + it.from()
                                            .map(Object::toString)
                                            .map(Visible::of)
                                            .orElse("none"));
            case SetProtection _, StopReplication _, ReleaseGroup _ -> List.of();
            case StartReplication it -> List.of("and delete what " + it.group() + " holds now");
            case SetPrimary it -> List.of("now: " + it.from().map(Object::toString).orElse("none"));
            case RemoveServer _ -> List.of("and its copy of the data");
            case RemoveGroup it ->
                    List.of(
                            "and all its data, on "
                                    + it.servers().stream()
                                            .map(ServerName::name)
                                            .collect(Collectors.joining(", ")));
        };
    }

    private static String specification(Specification specification) {
        var settings =
                specification.settings().entrySet().stream()
                        .map(it -> ", " + Visible.of(it.getKey()) + " " + Visible.of(it.getValue()))
                        .collect(Collectors.joining());
        return specification.variant()
                + " "
                + specification.version().map(Version::text).orElse("")
                + settings;
    }

    private static String servers(List<ServerSpec> servers) {
        var primary = "primary server " + servers.getFirst().name();
        if (servers.size() == 1) return primary;
        return servers.stream()
                .skip(1)
                .map(it -> it.name().name())
                .collect(
                        Collectors.joining(
                                ", ",
                                primary + ", replica" + (servers.size() > 2 ? "s " : " "),
                                ""));
    }

    private String severity(Severity severity) {
        return switch (severity) {
            case SAFE -> "";
            case DISRUPTIVE -> "  " + Colour.YELLOW.paint("disruptive", colour);
            case DESTRUCTIVE -> "  " + Colour.RED.paint("DESTROYS DATA", colour);
        };
    }

    /// One notice in one line, without colour.
    public static String of(Notice notice) {
        return "%s  %s%s"
                .formatted(
                        notice.code().word(),
                        Visible.of(notice.message()),
                        notice.place()
                                .map(it -> " (%s:%d)".formatted(Visible.of(it.path()), it.line()))
                                .orElse(""));
    }

    private void notice(Notice notice) {
        line("  " + Colour.YELLOW.paint("!", colour) + " " + of(notice));
    }

    private void destructive(Plan plan) {
        var flags =
                plan.destructive().stream()
                        .map(it -> " --destroy " + it.change().group())
                        .distinct()
                        .collect(Collectors.joining());
        if (flags.isEmpty()) return;
        line("What destroys data needs its own yes, and no backup is taken before:");
        line("  assent approve " + plan.id() + flags);
        line("");
    }

    private static String summary(Plan plan) {
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

    private void line(String line) {
        out.append(line.stripTrailing()).append('\n');
    }

    private enum Symbol {
        CREATE("+", "create", Colour.GREEN),
        CHANGE("~", "change", Colour.YELLOW),
        DESTROY("-", "destroy", Colour.RED);

        private final String sign;
        private final String meaning;
        private final Colour ink;

        Symbol(String sign, String meaning, Colour ink) {
            this.sign = sign;
            this.meaning = meaning;
            this.ink = ink;
        }

        private static Symbol of(Change change) {
            return switch (change) {
                case CreateGroup _, AdoptGroup _, AddServer _ -> CREATE;
                case ChangeSetting _,
                        SetBackups _,
                        SetProtection _,
                        StopReplication _,
                        StartReplication _,
                        SetPrimary _ ->
                        CHANGE;
                case RemoveServer _, RemoveGroup _, ReleaseGroup _ -> DESTROY;
            };
        }

        private String painted(boolean colour) {
            return ink.paint(sign, colour);
        }
    }
}
