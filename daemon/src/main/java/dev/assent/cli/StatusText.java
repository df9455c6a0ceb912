package dev.assent.cli;

import dev.assent.http.api.PlanSummary;
import dev.assent.http.api.Status;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How everything stands, as a person reads it in a terminal.
final class StatusText {

    private final Instant now;
    private final StringBuilder out = new StringBuilder();

    private StatusText(Instant now) {
        this.now = now;
    }

    static String of(Status status, Instant now) {
        var text = new StatusText(now);
        text.status(status);
        return text.out.toString();
    }

    private void status(Status status) {
        status.notReady().ifPresent(it -> line("The daemon is not ready: " + it));
        repositories(status);
        if (status.applications().isEmpty()) {
            line("\nNo application yet: no repository has brought a manifest that was read.");
        }
        status.applications().forEach(this::application);
        unsent(status);
        nodes(status);
    }

    private void nodes(Status status) {
        if (status.nodes().isEmpty()) return;
        line("\nNodes");
        var table = new Table(2);
        for (var it : status.nodes()) {
            table.row(
                    it.name(),
                    it.duties() ? "does what one does for all" : "",
                    it.answers() ? "answers" : "");
        }
        out.append(table);
    }

    private void unsent(Status status) {
        if (status.unsent().isEmpty()) return;
        line("\nNot told to others");
        var table = new Table(2);
        for (var it : status.unsent()) {
            table.row(
                    it.recipient(),
                    it.kind(),
                    it.about(),
                    it.state().equals("given_up") ? "given up" : "tried again",
                    "since " + Ago.of(it.since(), now),
                    it.why() + (it.uncertain() ? " (it may have arrived all the same)" : ""));
        }
        out.append(table);
    }

    private void repositories(Status status) {
        if (status.repositories().isEmpty()) {
            line(
                    "No repository was looked at yet. Which ones are watched is said by `repositories`"
                            + " in the daemon's configuration.");
            return;
        }
        line("Repositories");
        var table = new Table(2);
        for (var it : status.repositories()) {
            table.row(
                    it.name(),
                    it.condition(),
                    it.head().map(StatusText::commit).orElse("-"),
                    "checked " + Ago.of(it.checkedAt(), now),
                    it.detail().orElse(""));
        }
        out.append(table);
    }

    private void application(Status.Application application) {
        line("\n" + application.application() + "/" + application.environment());
        application.manifest().ifPresent(this::manifest);
        if (application.groups().isEmpty()) line("  nothing is built");
        application.groups().forEach(this::group);
        application.findings().forEach(this::finding);
        application.plans().forEach(this::plan);
    }

    private void manifest(Status.Manifest manifest) {
        line(
                "  manifest %s: %s at %s of %s, read %s"
                        .formatted(
                                manifest.condition(),
                                manifest.path(),
                                commit(manifest.commit()),
                                manifest.repository(),
                                Ago.of(manifest.readAt(), now)));
        manifest.problems().forEach(it -> line(it.indent(4).stripTrailing()));
    }

    private void group(Status.Group group) {
        line(
                "  %s  %s%s%s%s%s"
                        .formatted(
                                group.group(),
                                group.variant(),
                                group.version().map(it -> " " + it).orElse(""),
                                group.primary() ? ", primary group" : "",
                                group.isProtected() ? ", protected" : "",
                                group.replicatesFrom().map(it -> ", follows " + it).orElse("")));
        group.backups()
                .ifPresent(
                        it -> line("    backups: %s; this version takes none yet".formatted(it)));
        var servers = new Table(4);
        for (var it : group.servers()) {
            servers.row(
                    it.name(),
                    it.role() + it.observedRole().map(role -> ", in fact " + role).orElse(""),
                    it.address(),
                    it.state(),
                    it.since().map(since -> "since " + Ago.of(since, now)).orElse(""),
                    detail(it));
        }
        out.append(servers);
    }

    private static String detail(Status.Server server) {
        return Stream.of(
                        server.version().map(it -> "runs " + it),
                        server.lagMilliseconds().map(it -> time(it) + " behind"),
                        server.edited().isEmpty()
                                ? Optional.<String>empty()
                                : Optional.of("edited: " + String.join(", ", server.edited())),
                        server.detail())
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
    }

    private static String time(long milliseconds) {
        return milliseconds < 10_000
                ? milliseconds + " ms"
                : milliseconds < 120_000
                        ? milliseconds / 1000 + " s"
                        : milliseconds / 60_000 + " min";
    }

    private void finding(Status.Finding finding) {
        line(
                "  found %s: %s; %s"
                        .formatted(
                                Ago.of(finding.since(), now), finding.message(), finding.next()));
    }

    private void plan(PlanSummary plan) {
        line(
                "  plan %s is %s: %s; %s"
                        .formatted(
                                plan.id(),
                                plan.state(),
                                PlanLine.changes(plan),
                                PlanLine.nextStep(plan).orElse("")));
    }

    static String commit(String commit) {
        return commit.substring(0, Math.min(10, commit.length()));
    }

    private void line(String line) {
        out.append(Terminal.harmless(line)).append('\n');
    }
}
