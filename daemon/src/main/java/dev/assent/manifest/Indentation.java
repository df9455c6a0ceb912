package dev.assent.manifest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Lines that stand deeper or less deep than they should.
final class Indentation {

    private static final int MOST_MENDS = 3;

    private Indentation() {}

    /// A line that belongs to nothing.
    ///
    /// @param neighbours the first of the lines that the parser takes for its neighbours
    static SyntaxMistake mistake(int line, Optional<Integer> neighbours, Source source) {
        var spaces = depth(source.lineRead(line));
        return SyntaxMistake.of(
                        Code.INDENTATION,
                        new Spot(source.content(line), Pointer.ROOT),
                        neighbours
                                .filter(it -> content(source.lineRead(it)) != spaces)
                                .map(it ->
                                        "this line is indented by %d %s and its neighbours, from line %d on, by %d"
                                                .formatted(
                                                        spaces,
                                                        spaces == 1 ? "space" : "spaces",
                                                        it,
                                                        content(source.lineRead(it))))
                                .orElse(
                                        "this line is not indented like any line that it could belong to"),
                        "indent lines that belong together by the same number of spaces")
                .mendedBy(() -> mends(line, source));
    }

    /// The line, with all that is deeper beneath it, moved to where it could belong, the nearest
    /// depth first. Only where one is nearer than all others is it what its author meant.
    static List<Mend> mends(int line, Source source) {
        var depth = depth(source.lineRead(line));
        var depths = new ArrayList<>(openDepths(line, source));
        depths.remove(Integer.valueOf(depth));
        depths.sort(
                Comparator.<Integer>comparingInt(it -> Math.abs(it - depth))
                        .thenComparing(Comparator.reverseOrder()));
        var clear =
                depths.size() < 2
                        || Math.abs(depths.get(0) - depth) < Math.abs(depths.get(1) - depth);
        return depths.stream()
                .limit(MOST_MENDS)
                .map(it -> moved(line, it - depth, source))
                .map(it -> clear ? it : it.hidden())
                .toList();
    }

    /// How deep a line can be that stands here: like the one above, or like one that this belongs
    /// to. What stands behind the dash of a list is as deep as its first letter.
    private static List<Integer> openDepths(int line, Source source) {
        var open = new ArrayList<Integer>();
        var least = Integer.MAX_VALUE;
        for (var number = line - 1; number >= 1 && least > 0; number--) {
            var text = source.lineRead(number);
            if (isNothing(text) || depth(text) >= least) continue;
            if (content(text) < least && content(text) != depth(text)) open.add(content(text));
            least = depth(text);
            open.add(least);
        }
        return open;
    }

    /// The line moved, and what is beneath it moved along, save for what is as deep as lines above
    /// already.
    private static Mend moved(int line, int by, Source source) {
        var above = new HashSet<Integer>();
        for (var number = 1; number < line; number++) above.add(depth(source.lineRead(number)));
        var moved = new TreeMap<Integer, String>();
        var depth = depth(source.lineRead(line));
        for (var number = line; number <= source.linesRead().size(); number++) {
            var text = source.lineRead(number);
            if (isNothing(text)) continue;
            if (number > line && depth(text) <= depth) break;
            var stays = number > line && depth(text) > depth + by && above.contains(depth(text));
            moved.put(number, " ".repeat(depth(text) + (stays ? 0 : by)) + text.stripLeading());
        }
        return new Mend(moved, line, moved.lastKey());
    }

    private static boolean isNothing(String line) {
        return line.isBlank() || line.strip().startsWith("#");
    }

    /// How many spaces stand before anything else.
    static int depth(String line) {
        return line.length() - line.stripLeading().length();
    }

    /// How many characters stand before the key: also the dashes of a list.
    static int content(String line) {
        var column = 0;
        while (column < line.length() && " -".indexOf(line.charAt(column)) >= 0) column++;
        return column;
    }
}
