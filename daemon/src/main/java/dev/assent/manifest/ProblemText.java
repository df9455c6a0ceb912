package dev.assent.manifest;

import java.util.ArrayList;
import java.util.List;

/// A problem as a person reads it in a terminal: place, sentence, lines with a caret, way out.
public final class ProblemText {

    private static final int WIDEST = 120;
    private static final int BEFORE = 60;
    private static final String MARGIN = "     │ ";
    private static final String MENDED = "     = mended: ";

    private ProblemText() {}

    /// Several lines, the last without line end; no colour, and nothing from the file that a
    /// terminal or a log would obey.
    public static String of(Problem problem) {
        var place = problem.place();
        var lines = new ArrayList<String>();
        lines.add(
                Visible.of("%s  %s  %s".formatted(place, problem.code().id(), problem.message())));
        var window = new Window(place.column());
        for (var i = 0; i < problem.lines().size(); i++) {
            var number = problem.firstLine() + i;
            lines.add(
                    "%4d │ %s"
                            .formatted(number, window.of(problem.lines().get(i)))
                            .stripTrailing());
            if (number == place.line()) {
                lines.add(MARGIN + window.caret(problem.lines().get(i), problem));
            }
        }
        problem.suggestion().ifPresent(it -> lines.add("     = help:         " + Visible.of(it)));
        lines.addAll(mended(problem.mended()));
        lines.add("     = more:         assent explain " + problem.code().id());
        return String.join("\n", lines);
    }

    private static List<String> mended(List<String> lines) {
        var shown = new ArrayList<String>();
        for (var line : lines) {
            shown.add(
                    (shown.isEmpty() ? MENDED : " ".repeat(MENDED.length()))
                            + Visible.columns(line));
        }
        return shown;
    }

    /// The part of a long line that shows the place.
    private record Window(int from) {

        private Window {
            from = from > WIDEST - BEFORE / 2 ? from - BEFORE : 0;
        }

        String of(String line) {
            var length = line.codePointCount(0, line.length());
            if (from == 0 && length <= WIDEST) return Visible.columns(line);
            if (from >= length) return "";
            var end = Math.min(length, from + WIDEST);
            var part =
                    line.substring(
                            line.offsetByCodePoints(0, from), line.offsetByCodePoints(0, end));
            return (from > 0 ? "…" : "") + Visible.columns(part) + (end < length ? "…" : "");
        }

        String caret(String line, Problem problem) {
            var place = problem.place();
            var length = line.codePointCount(0, line.length());
            var end = place.endLine() > place.line() ? length + 1 : place.endColumn();
            var before = place.column() - 1 - from + (from > 0 ? 1 : 0);
            var width = Math.clamp(end - place.column(), 1, WIDEST - BEFORE);
            return " ".repeat(Math.max(0, before)) + "^".repeat(width);
        }
    }
}
