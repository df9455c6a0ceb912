package dev.assent.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Tabs: never for indentation, hardly ever anywhere else.
final class Tabs {

    private static final Pattern INDENTED = Pattern.compile("^( *\t[ \t]*)[^ \t#].*");
    private static final Pattern HARMLESS =
            Pattern.compile(
                    "(?m)^[ \t]++$|(?<=[^ \t\n\r]) *+\t[ \t]*+(?=$|#)|(?<=[:-]) *+\t[ \t]*+");
    private static final Pattern AFTER_VALUE =
            Pattern.compile("(?<=[^ \t]) *+\t[ \t]*+$|(?<=:) *+\t[ \t]*+(?=[^ \t])");
    private static final int MENDED_LINES = 6;

    private Tabs() {}

    /// The text with a space for each tab that stands behind something or on an empty line.
    static String harmlessAsSpaces(String text) {
        return HARMLESS.matcher(text).replaceAll(match -> match.group().replace('\t', ' '));
    }

    /// Whether a line is indented with tabs.
    static boolean indent(String line) {
        return INDENTED.matcher(line).matches();
    }

    /// Reports a line that is indented with tabs, with the lines as they should be.
    static void reportIndentation(int line, Problems problems) {
        var source = problems.source();
        var text = source.line(line);
        var first = text.indexOf('\t');
        var last = text.substring(0, indentation(text).length()).lastIndexOf('\t');
        var affected = source.lines().stream().filter(Tabs::indent).count();
        problems.add(
                Code.TAB_INDENTATION,
                new Spot(source.place(line, first + 1, last - first + 1), Pointer.ROOT),
                "a tab is used for indentation; YAML allows only spaces",
                Remedy.suggest(
                                affected == 1
                                        ? Optional.empty()
                                        : Optional.of(
                                                "let your editor turn the tabs of all %d lines into spaces"
                                                        .formatted(affected)))
                        .mended(mended(line, source)));
    }

    private static List<String> mended(int line, Source source) {
        var all = mendedLines(source.lines());
        if (!Composition.isYaml(String.join("\n", all))) return List.of();
        var end = line;
        while (end < all.size() && end - line < MENDED_LINES - 1 && indent(source.line(end + 1))) {
            end++;
        }
        return all.subList(line - 1, end);
    }

    /// All lines with their tabs turned into the spaces that the lines around them suggest: one
    /// step deeper beneath a key without value, otherwise as deep as the last line that was
    /// indented with the same characters.
    private static List<String> mendedLines(List<String> lines) {
        var step = step(lines);
        var depths = new HashMap<String, Integer>();
        var mended = new ArrayList<String>();
        var previous = "";
        var previousBefore = "";
        for (var line : lines) {
            var before = indentation(line);
            if (!indent(line)) {
                mended.add(harmlessAsSpaces(line));
            } else {
                var depth = depths.getOrDefault(before, contentColumn(previous));
                var item = line.strip().startsWith("-") && before.equals(previousBefore);
                if (opens(previous) && !item) depth = contentColumn(previous) + step;
                mended.add(" ".repeat(depth) + line.substring(before.length()).stripTrailing());
            }
            if (line.isBlank() || line.strip().startsWith("#")) continue;
            previous = mended.getLast();
            previousBefore = before;
            depths.put(before, indentation(previous).length());
        }
        return mended;
    }

    private static boolean opens(String line) {
        return line.strip().endsWith(":");
    }

    private static int step(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.isBlank() && !line.contains("\t"))
                .mapToInt(line -> indentation(line).length())
                .filter(depth -> depth > 0)
                .min()
                .orElse(2);
    }

    /// Where a line's key begins: behind the dashes of a list.
    private static int contentColumn(String line) {
        var column = 0;
        while (column < line.length() && " -".indexOf(line.charAt(column)) >= 0) column++;
        return column;
    }

    private static String indentation(String line) {
        var end = 0;
        while (end < line.length() && " \t".indexOf(line.charAt(end)) >= 0) end++;
        return line.substring(0, end);
    }

    /// Warns of tabs behind a value, which some readers of YAML refuse.
    static void warnOfTabsAfterValues(Tree root, Problems problems) {
        var source = problems.source();
        if (source.text().indexOf('\t') < 0) return;
        var texts = new Texts(root);
        var found =
                IntStream.rangeClosed(1, source.lines().size())
                        .boxed()
                        .flatMap(line ->
                                AFTER_VALUE
                                        .matcher(source.line(line))
                                        .results()
                                        .filter(match -> !source.line(line).strip().startsWith("#"))
                                        .map(match ->
                                                source.place(
                                                        line,
                                                        source.line(line)
                                                                        .codePointCount(
                                                                                0, match.start())
                                                                + 1,
                                                        match.end() - match.start())))
                        .filter(place -> !texts.contain(place))
                        .toList();
        if (found.isEmpty()) return;
        problems.add(
                Code.TAB_AFTER_VALUE,
                new Spot(found.getFirst(), Pointer.ROOT),
                found.size() == 1
                        ? "a tab stands after a value; some readers of YAML refuse that"
                        : "a tab stands after a value, here and in %d more places; some readers of YAML refuse that"
                                .formatted(found.size() - 1),
                Remedy.suggest("remove it, or use spaces"));
    }
}
