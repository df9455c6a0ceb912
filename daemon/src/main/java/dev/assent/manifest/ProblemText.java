package dev.assent.manifest;

import dev.assent.manifest.Problem.Severity;
import dev.assent.model.Place;
import java.util.ArrayList;
import java.util.List;

/// A problem as a person reads it in a terminal: place, sentence, lines with a caret, way out.
/// Nothing from the file reaches a terminal or a log that it would obey.
public final class ProblemText {

    /// How much of a line is shown where nobody says how wide lines may be.
    private static final int WIDEST = 120;

    private static final int HANGING = 5;
    private static final String GUTTER = "%4s │";
    private static final String MENDED = "     = mended: ";
    private static final String LABEL = "     = %-14s";
    private static final int LABEL_WIDTH = LABEL.formatted("").length();

    private final Problem problem;
    private final Severity severity;
    private final Look look;
    private final List<String> lines = new ArrayList<>();

    private ProblemText(Problem problem, Severity severity, Look look) {
        this.problem = problem;
        this.severity = severity;
        this.look = look;
    }

    /// Several lines, the last without line end; no colour.
    public static String of(Problem problem) {
        return of(problem, problem.severity(), Look.PLAIN);
    }

    /// Several lines, the last without line end.
    ///
    /// @param severity as what it counts: a warning can count as an error
    public static String of(Problem problem, Severity severity, Look look) {
        return new ProblemText(problem, severity, look).text();
    }

    private String text() {
        sentence();
        lines();
        problem.suggestion().ifPresent(it -> labelled("help:", Colour.CYAN, Visible.of(it)));
        mended();
        labelled("more:", Colour.FAINT, "assent explain " + problem.code().id());
        return String.join("\n", lines);
    }

    /// An error goes without saying; of a warning the word is said, so that nobody needs to see
    /// colours.
    private void sentence() {
        var place = Visible.of(problem.where());
        var code = problem.code().id();
        var word =
                switch (severity) {
                    case ERROR -> "";
                    case WARNING -> "warning: ";
                };
        var taken = Visible.width(place) + code.length() + word.length() + 4;
        lines.add(
                "%s  %s  %s%s"
                        .formatted(
                                look.paint(Colour.BOLD, place),
                                look.paint(colour(), code),
                                look.paint(colour(), word),
                                look.wrapped(Visible.of(problem.message()), taken, HANGING)));
    }

    private void lines() {
        var place = problem.place();
        var window = window(WIDEST, GUTTER.formatted("").length() + 1);
        for (var i = 0; i < problem.lines().size(); i++) {
            var number = problem.firstLine() + i;
            var line = problem.lines().get(i);
            lines.add(
                    gutter(problem.variable().isPresent() ? "" : number)
                            + (" " + window.of(line)).stripTrailing());
            if (number != place.line()) continue;
            lines.add(
                    gutter("")
                            + " "
                            + window.before(line, place)
                            + look.paint(colour(), window.carets(line, place)));
        }
    }

    private void mended() {
        var window = window(WIDEST, MENDED.length());
        for (var i = 0; i < problem.mended().size(); i++) {
            var before = i == 0 ? MENDED : " ".repeat(MENDED.length());
            lines.add(look.paint(Colour.GREEN, before + window.of(problem.mended().get(i))));
        }
    }

    private void labelled(String label, Colour colour, String text) {
        lines.add(
                look.paint(colour, LABEL.formatted(label))
                        + look.wrapped(text, LABEL_WIDTH, LABEL_WIDTH));
    }

    /// What the lines are seen through, with room for an `…` at both ends.
    ///
    /// @param margin what stands before each
    private LineWindow window(int widest, int margin) {
        var room = look.width().isEmpty() ? widest : look.width().getAsInt() - margin - 2;
        return LineWindow.on(problem.place(), lineOf(problem.place()), room);
    }

    private String lineOf(Place place) {
        var index = place.line() - problem.firstLine();
        return index < problem.lines().size() ? problem.lines().get(index) : "";
    }

    private String gutter(Object number) {
        return look.paint(Colour.FAINT, GUTTER.formatted(number));
    }

    private Colour colour() {
        return switch (severity) {
            case ERROR -> Colour.RED;
            case WARNING -> Colour.YELLOW;
        };
    }
}
