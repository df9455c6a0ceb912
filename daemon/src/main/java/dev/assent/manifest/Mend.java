package dev.assent.manifest;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Other lines for some of a file's, with which it could be read on.
///
/// @param lines by their numbers; one line each
/// @param first the first line that a person is shown
/// @param last the last one; before the first where the mend only serves to read on, since its
///   author may have meant something else
record Mend(SortedMap<Integer, String> lines, int first, int last) {

    private static final int MOST_SHOWN = 20;

    Mend {
        lines = new TreeMap<>(lines);
    }

    static Mend of(int line, String text) {
        var lines = new TreeMap<Integer, String>();
        lines.put(line, text);
        return new Mend(lines, line, line);
    }

    /// The same, for reading on only.
    Mend hidden() {
        return new Mend(lines, first, first - 1);
    }

    /// What to show: the mended lines whole, or nothing where they are too many to compare.
    Mended shown(Source source) {
        var changes = lines.entrySet().stream();
        return first > last
                        || last - first >= MOST_SHOWN
                        || changes.allMatch(it -> it.getValue().equals(source.line(it.getKey())))
                ? Mended.NOTHING
                : new Mended(
                        first,
                        last,
                        IntStream.rangeClosed(first, last)
                                .mapToObj(it -> lines.getOrDefault(it, source.lineRead(it)))
                                .toList());
    }
}
