package dev.assent.manifest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Lines that stand deeper or less deep than they should.
final class Indentation {

    private static final int MOST_MENDS = 3;
    private static final Pattern DASHED = Pattern.compile("-\\p{L}");

    private Indentation() {}

    /// A line that belongs to nothing.
    ///
    /// @param neighbours the first of the lines that the parser takes for its neighbours
    static SyntaxMistake mistake(int line, Optional<Integer> neighbours, Source source) {
        var dash = lineWithoutSpace(line, source);
        if (dash.isPresent()) return dash.get();
        var first = firstOfNeighbours(line, source);
        if (first.isPresent()) return first.get();
        var depth = depth(source.lineRead(line));
        var beside =
                isItem(source.lineRead(line))
                        ? openDepths(line, source).stream().map(Open::line).findFirst()
                        : neighbours;
        return SyntaxMistake.of(
                        Code.INDENTATION,
                        new Spot(source.content(line), Pointer.ROOT),
                        beside.map(it -> new Open(it, neighbourDepth(it, line, source)))
                                .filter(it -> it.depth() != depth)
                                .map(it ->
                                        "this line is indented by %s and its neighbours, from line %d on, by %d"
                                                .formatted(spaces(depth), it.line(), it.depth()))
                                .orElse(
                                        "this line is not indented like any line that it could belong to"),
                        "indent lines that belong together by the same number of spaces")
                .mendedBy(() -> mends(line, source));
    }

    private static int neighbourDepth(int neighbour, int line, Source source) {
        var text = source.lineRead(neighbour);
        return isItem(source.lineRead(line)) ? depth(text) : content(text);
    }

    /// `-key` among the items of a list: what follows it is where it should be.
    private static Optional<SyntaxMistake> lineWithoutSpace(int line, Source source) {
        var depth = depth(source.lineRead(line));
        for (var number = line - 1; number >= 1; number--) {
            var text = source.lineRead(number);
            if (isNothing(text) || depth(text) > depth) continue;
            if (depth(text) < depth || !DASHED.matcher(text.strip()).lookingAt()) break;
            var mended = " ".repeat(depth) + "- " + text.strip().substring(1);
            var mend = Mend.of(number, mended);
            return Optional.of(
                    SyntaxMistake.of(
                                    Code.INDENTATION,
                                    new Spot(source.content(number), Pointer.ROOT),
                                    "a space is missing behind the dash, so this is no item of a list",
                                    "put a space behind the dash")
                            .mendedBy(() -> List.of(mend)));
        }
        return Optional.empty();
    }

    /// Where lines agree with each other and not with the first one beneath their key, that one is
    /// out of line.
    static Optional<SyntaxMistake> firstOfNeighbours(int line, Source source) {
        var first = previous(line, source);
        var key = first.flatMap(it -> previous(it, source));
        if (key.isEmpty() || line >= source.linesRead().size()) return Optional.empty();
        var depth = depth(source.lineRead(line));
        var out = source.lineRead(first.get());
        var opens = source.lineRead(key.get()).stripTrailing().endsWith(":");
        var agree = depth(source.lineRead(line + 1)) == depth && !isItem(out);
        if (!opens
                || !agree
                || depth(out) == depth
                || depth <= content(source.lineRead(key.get()))) {
            return Optional.empty();
        }
        var mend = Mend.of(first.get(), " ".repeat(depth) + out.stripLeading());
        return Optional.of(
                SyntaxMistake.of(
                                Code.INDENTATION,
                                new Spot(source.content(first.get()), Pointer.ROOT),
                                "this line is indented by %s and those below it by %d"
                                        .formatted(spaces(depth(out)), depth),
                                "indent lines that belong together by the same number of spaces")
                        .mendedBy(() -> List.of(mend)));
    }

    /// The number of the last line above one that holds anything.
    static Optional<Integer> previous(int line, Source source) {
        for (var number = line - 1; number >= 1; number--) {
            if (!isNothing(source.lineRead(number))) return Optional.of(number);
        }
        return Optional.empty();
    }

    private static String spaces(int depth) {
        return depth + (depth == 1 ? " space" : " spaces");
    }

    /// The line, with all that is deeper beneath it, moved to where it could belong, the nearest
    /// depth first. Only where one is nearer than all others is it what its author meant.
    static List<Mend> mends(int line, Source source) {
        var depth = depth(source.lineRead(line));
        var depths =
                openDepths(line, source).stream()
                        .map(Open::depth)
                        .filter(it -> it != depth)
                        .distinct()
                        .sorted(
                                Comparator.<Integer>comparingInt(it -> Math.abs(it - depth))
                                        .thenComparing(Comparator.reverseOrder()))
                        .toList();
        var clear =
                depths.size() < 2
                        || Math.abs(depths.get(0) - depth) < Math.abs(depths.get(1) - depth);
        return depths.stream()
                .limit(MOST_MENDS)
                .map(it -> moved(line, it - depth, source))
                .map(it -> clear ? it : it.hidden())
                .toList();
    }

    /// A line above, and how deep one that stands beside it would be.
    private record Open(int line, int depth) {}

    /// Where a line could stand: beside the one above, or beside one that this belongs to. What
    /// stands behind the dash of a list is as deep as its first letter. An item belongs to items,
    /// if there are any.
    private static List<Open> openDepths(int line, Source source) {
        var open = new ArrayList<Open>();
        var least = Integer.MAX_VALUE;
        for (var number = line - 1; number >= 1 && least > 0; number--) {
            var text = source.lineRead(number);
            if (isNothing(text) || depth(text) >= least) continue;
            if (content(text) < least && isItem(text)) open.add(new Open(number, content(text)));
            least = depth(text);
            open.add(new Open(number, least));
        }
        var items =
                open.stream()
                        .filter(it -> isItem(source.lineRead(it.line())))
                        .filter(it -> it.depth() == depth(source.lineRead(it.line())))
                        .toList();
        return isItem(source.lineRead(line)) && !items.isEmpty() ? items : open;
    }

    private static boolean isItem(String line) {
        return line.strip().startsWith("- ") || line.strip().equals("-");
    }

    /// The line moved, and what is beside or beneath it moved along, save for what is as deep
    /// beneath it as lines above are already.
    private static Mend moved(int line, int by, Source source) {
        var above = new HashSet<Integer>();
        for (var number = 1; number < line; number++) above.add(depth(source.lineRead(number)));
        var moved = new TreeMap<Integer, String>();
        var depth = depth(source.lineRead(line));
        for (var number = line; number <= source.linesRead().size(); number++) {
            var text = source.lineRead(number);
            if (isNothing(text)) continue;
            if (depth(text) < depth) break;
            var stays = depth(text) > Math.max(depth, depth + by) && above.contains(depth(text));
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
