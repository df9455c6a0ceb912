package dev.assent.manifest;

import dev.assent.model.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The text of a file: its lines, and the place of each character. Characters are code points,
/// lines end where an editor ends them.
final class Source {

    private final String path;
    private final String text;
    private final List<String> lines = new ArrayList<>();
    private final int[] starts;

    Source(String path, String text) {
        this.path = path;
        this.text = text;
        var starts = new ArrayList<Integer>();
        var start = 0;
        var counted = 0;
        for (var i = 0; i <= text.length(); i++) {
            if (i < text.length() && text.charAt(i) != '\n' && text.charAt(i) != '\r') continue;
            lines.add(text.substring(start, i));
            starts.add(counted);
            if (i + 1 < text.length() && text.startsWith("\r\n", i)) i++;
            var end = Math.min(i + 1, text.length());
            counted += text.codePointCount(start, end);
            start = end;
        }
        this.starts = starts.stream().mapToInt(it -> it).toArray();
    }

    String path() {
        return path;
    }

    String text() {
        return text;
    }

    List<String> lines() {
        return lines;
    }

    /// A line by its number, which counts from 1.
    String line(int number) {
        return lines.get(number - 1);
    }

    /// The place between two characters, given by how many stand before each.
    Place place(int from, int to) {
        var line = lineOf(from);
        var endLine = lineOf(Math.max(from, to));
        return new Place(
                path,
                line,
                columnOf(from, line),
                endLine,
                Math.max(columnOf(to, endLine), line == endLine ? columnOf(from, line) : 1));
    }

    /// The place of one character; where a line ends, of none.
    Place character(int index) {
        var line = lineOf(index);
        var column = columnOf(index, line);
        return place(line, column, column > length(line) ? 0 : 1);
    }

    /// The place of a number of characters of one line.
    Place place(int line, int column, int length) {
        return new Place(path, line, column, line, column + length);
    }

    Place start() {
        return Place.at(path, 1, 1);
    }

    /// The same place, ending where the line before its last one ends.
    Place withoutLastLine(Place place) {
        var last = place.endLine() - 1;
        return new Place(path, place.line(), place.column(), last, length(last) + 1);
    }

    /// From the beginning of one place to the end of another.
    static Place between(Place from, Place to) {
        return new Place(from.path(), from.line(), from.column(), to.endLine(), to.endColumn());
    }

    private int lineOf(int index) {
        var found = Arrays.binarySearch(starts, index);
        return found >= 0 ? found + 1 : -found - 1;
    }

    private int columnOf(int index, int line) {
        return Math.clamp(index - starts[line - 1], 0, length(line)) + 1;
    }

    private int length(int line) {
        return line(line).codePointCount(0, line(line).length());
    }
}
