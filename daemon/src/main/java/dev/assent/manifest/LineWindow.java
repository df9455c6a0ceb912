package dev.assent.manifest;

import dev.assent.model.Place;
import java.util.Arrays;

/// The part of long lines that shows one place.
///
/// @param from how many characters are left out at the beginning of each line
/// @param room how many columns a line may have
record LineWindow(int from, int room) {

    /// A window on a place, which stays in its right half or before.
    static LineWindow on(Place place, String line, int room) {
        var column = Math.min(place.column() - 1, length(line));
        var start = Math.max(0, column - room);
        var before = part(line, start, column).codePoints().map(Visible::width).toArray();
        if (start == 0 && Arrays.stream(before).sum() <= room - room / 4) {
            return new LineWindow(0, room);
        }
        var from = before.length;
        var width = 0;
        while (from > 0 && width + before[from - 1] <= room / 2) width += before[--from];
        return new LineWindow(start + from, room);
    }

    /// What is seen of a line; `…` stands for what is not.
    String of(String line) {
        var length = length(line);
        if (from > 0 && from >= length) return "";
        var end = end(line);
        return (from > 0 ? "…" : "")
                + Visible.columns(part(line, from, end))
                + (end < length ? "…" : "");
    }

    /// What stands beneath a line to mark a place in it: spaces.
    String before(String line, Place place) {
        return " ".repeat((from > 0 ? 1 : 0) + width(line, from, place.column() - 1));
    }

    /// What marks the place: at least one caret, and none beyond the window.
    String carets(String line, Place place) {
        var last = place.endLine() > place.line() ? length(line) : place.endColumn() - 1;
        var width = width(line, place.column() - 1, Math.min(last, end(line)));
        return "^".repeat(Math.max(1, width));
    }

    private int end(String line) {
        var column = 0;
        var end = from;
        for (var it : part(line, from, from + room).codePoints().toArray()) {
            column += Visible.width(it);
            if (column > room) break;
            end++;
        }
        return end;
    }

    private static int width(String line, int from, int to) {
        return Visible.width(part(line, from, to));
    }

    /// Some characters of a line; none where it has none.
    private static String part(String line, int from, int to) {
        var length = length(line);
        if (from >= Math.min(to, length)) return "";
        var start = line.offsetByCodePoints(0, from);
        return line.substring(start, line.offsetByCodePoints(start, Math.min(to, length) - from));
    }

    private static int length(String line) {
        return line.codePointCount(0, line.length());
    }
}
