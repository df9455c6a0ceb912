package dev.assent.cli;

import dev.assent.http.api.ProgressReport;
import dev.assent.http.api.Wire;
import dev.assent.state.PlanState;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Shows an apply as it goes on: to programs one JSON object a line, to a person one line that is
/// drawn anew, and plain lines to whoever reads a log.
abstract sealed class ProgressLines {

    static ProgressLines of(Terminal terminal, PrintOptions print) {
        if (print.json()) return new Objects(terminal);
        return terminal.interactive() ? new Redrawn(terminal) : new Plain(terminal);
    }

    private boolean saidAway;
    private String saidWaiting = "";

    /// The daemon does not answer; said once for each time.
    void away() {
        if (!saidAway) note("the daemon does not answer; waiting for it to come back");
        saidAway = true;
    }

    /// Nothing is new; says once what is being waited for, where it is a person.
    void waiting(ProgressReport report) {
        saidAway = false;
        if (report.state().equals(saidWaiting)) return;
        saidWaiting = report.state();
        switch (PlanState.of(report.state())) {
            case PROPOSED -> note("it waits for a yes: assent approve " + report.plan());
            case APPROVED -> note("it waits to be started: assent apply " + report.plan());
            case APPLYING, NEEDS_DECISION, APPLIED, REJECTED, SUPERSEDED, EXPIRED, FAILED -> {}
        }
    }

    /// That it is there, said before anything else.
    abstract void begin(ProgressReport report);

    abstract void entry(ProgressReport.Entry entry);

    /// That the whole plan ended is what [#ended] says, at more length.
    private static boolean isEnd(ProgressReport.Entry entry) {
        return entry.event().equals("ended");
    }

    abstract void note(String sentence);

    abstract void ended(ProgressReport report);

    private static String outcome(ProgressReport report) {
        var why = report.reason().map(it -> ": " + it).orElse("");
        return Terminal.harmless(
                switch (PlanState.of(report.state())) {
                    case APPLIED -> "Applied " + report.plan() + ".";
                    case FAILED ->
                            "Failed%s\nWhat is done is recorded. Mend the cause, then: assent apply %s"
                                    .formatted(why, report.plan());
                    case NEEDS_DECISION ->
                            "It stands still%s\nLook at it and decide: assent resolve %s"
                                    .formatted(why, report.plan());
                    case PROPOSED, APPROVED, APPLYING, REJECTED, SUPERSEDED, EXPIRED ->
                            report.plan() + " is " + report.state() + why;
                });
    }

    private static String line(ProgressReport.Entry entry) {
        var sign =
                switch (entry.event()) {
                    case "done" -> "✓";
                    case "failed" -> "✗";
                    case "started" -> "→";
                    case "unknown" -> "?";
                    case "decided" -> "!";
                    default -> "·";
                };
        var step = entry.step().isEmpty() ? "" : entry.step() + "  ";
        return Terminal.harmless(sign + " " + step + entry.message()).replace('\n', ' ');
    }

    /// For programs: a line with the version first, one for each entry, one for the end. Each is
    /// written out as soon as it is known.
    private static final class Objects extends ProgressLines {

        private static final String TYPE = "assent.apply.v1";

        private final Terminal terminal;

        /// How it ended, or that it waits for somebody.
        private record Outcome(String plan, String state, Optional<String> reason) {}

        Objects(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        void begin(ProgressReport report) {
            var header = JsonNodeFactory.instance.objectNode();
            print(header.put("version", 1).put("type", TYPE).put("plan", report.plan()));
        }

        @Override
        void entry(ProgressReport.Entry entry) {
            print("event", entry);
        }

        @Override
        void note(String sentence) {
            terminal.err().println("assent: " + sentence);
        }

        @Override
        void ended(ProgressReport report) {
            print("outcome", new Outcome(report.plan(), report.state(), report.reason()));
        }

        private void print(String type, Object value) {
            var line = JsonNodeFactory.instance.objectNode().put("type", type);
            print(line.setAll(Wire.MAPPER.<ObjectNode>valueToTree(value)));
        }

        private void print(JsonNode line) {
            terminal.out().println(Wire.MAPPER.writeValueAsString(line));
            terminal.out().flush();
        }
    }

    /// For logs.
    private static final class Plain extends ProgressLines {

        private final Terminal terminal;

        Plain(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        void begin(ProgressReport report) {}

        @Override
        void entry(ProgressReport.Entry entry) {
            if (isEnd(entry)) return;
            terminal.out().println(line(entry));
            terminal.out().flush();
        }

        @Override
        void note(String sentence) {
            terminal.err().println("assent: " + sentence);
            terminal.err().flush();
        }

        @Override
        void ended(ProgressReport report) {
            terminal.out().println(outcome(report));
            terminal.out().flush();
        }
    }

    /// For a person: what is done stays, what is being done is drawn over.
    private static final class Redrawn extends ProgressLines {

        private static final String START_OF_LINE = "\r\u001b[K";
        private static final int NARROW = 80;

        private final Terminal terminal;

        Redrawn(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        void begin(ProgressReport report) {}

        @Override
        void entry(ProgressReport.Entry entry) {
            if (isEnd(entry)) return;
            var stays = entry.event().equals("done") || entry.event().equals("failed");
            draw(stays ? line(entry) + "\n" : shortened(line(entry)));
        }

        @Override
        void note(String sentence) {
            draw(sentence);
        }

        @Override
        void ended(ProgressReport report) {
            draw(outcome(report) + "\n");
        }

        /// A line that wraps could not be drawn over.
        private static String shortened(String line) {
            return line.length() < NARROW ? line : line.substring(0, NARROW - 2) + "…";
        }

        private void draw(String text) {
            terminal.out().print(START_OF_LINE + text);
            terminal.out().flush();
        }
    }
}
