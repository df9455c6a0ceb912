package dev.assent.manifest;

import dev.assent.model.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The text of a file: its lines, and the place of each character. Characters are code points,
/// lines end where an editor ends them.
///
/// To read on behind a mistake, some lines are read as if they had been mended. Places are those of
/// the file as its author sees it all the same.
final class Source {

    private final String path;
    private final String text;
    private final List<String> read = new ArrayList<>();
    private final List<String> written;
    private final int[] starts;
    private final Optional<Source> file;
    private Optional<Secrets> secrets = Optional.empty();
    private String before = "";

    Source(String path, String text) {
        this(path, text, Optional.empty());
    }

    /// The text of an environment variable: a small file of that name.
    static Source ofVariable(String name, String text) {
        var source = new Source(name, text);
        source.before = name + "=";
        return source;
    }

    /// @param file the file as it is, where this is not its text
    private Source(String path, String text, Optional<Source> file) {
        this.path = path;
        this.text = text;
        var starts = new ArrayList<Integer>();
        var start = 0;
        var counted = 0;
        for (var i = 0; i <= text.length(); i++) {
            if (i < text.length() && text.charAt(i) != '\n' && text.charAt(i) != '\r') continue;
            read.add(text.substring(start, i));
            starts.add(counted);
            if (i + 1 < text.length() && text.startsWith("\r\n", i)) i++;
            var end = Math.min(i + 1, text.length());
            counted += text.codePointCount(start, end);
            start = end;
        }
        this.starts = starts.stream().mapToInt(it -> it).toArray();
        written = file.map(it -> it.written).orElse(read);
        this.file = file;
    }

    /// The same file, read with other lines in place of some of its own.
    ///
    /// @param lines by their numbers, which count from 1; one line each
    Source reading(Map<Integer, String> lines) {
        var better = new ArrayList<>(read);
        lines.forEach((number, line) -> better.set(number - 1, line));
        return new Source(path, String.join("\n", better), Optional.of(this));
    }

    String path() {
        return path;
    }

    /// What must not be told of the file; looked for when something is wrong with it.
    Secrets secrets() {
        if (file.isPresent()) return file.get().secrets();
        if (secrets.isEmpty()) secrets = Optional.of(new Secrets(before, read));
        return secrets.get();
    }

    /// The text to read.
    String text() {
        return text;
    }

    /// The lines in the file.
    List<String> lines() {
        return written;
    }

    /// A line in the file by its number, which counts from 1.
    String line(int number) {
        return written.get(number - 1);
    }

    /// The lines as they are read.
    List<String> linesRead() {
        return read;
    }

    /// A line as it is read.
    String lineRead(int number) {
        return read.get(number - 1);
    }

    /// The place between two characters of the text, given by how many stand before each.
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

    /// The place of a number of characters of one line of the file.
    Place place(int line, int column, int length) {
        return new Place(path, line, column, line, column + length);
    }

    /// The place of what a line of the file holds, without its indentation.
    Place content(int line) {
        var text = line(line);
        var before = text.length() - text.stripLeading().length();
        var length = text.strip().codePointCount(0, text.strip().length());
        return place(line, before + 1, Math.max(1, length));
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
        return written(Math.clamp(index - starts[line - 1], 0, length(lineRead(line))), line) + 1;
    }

    /// How many characters of a line stand in the file before one that has so many before it in the
    /// line that is read: whatever both lines begin or end with is the same.
    private int written(int before, int line) {
        var mended = lineRead(line);
        var original = line(line);
        if (mended.equals(original)) return before;
        var now = mended.codePoints().toArray();
        var then = original.codePoints().toArray();
        var alike = Arrays.mismatch(now, then);
        if (before < alike) return before;
        var after = now.length - before;
        var most = Math.min(now.length, then.length) - alike;
        var isEnd =
                after <= most
                        && Arrays.equals(
                                now, before, now.length, then, then.length - after, then.length);
        return isEnd ? then.length - after : alike;
    }

    private int length(int line) {
        return length(line(line));
    }

    private static int length(String line) {
        return line.codePointCount(0, line.length());
    }
}
