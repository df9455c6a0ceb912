package dev.assent.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Tabs: never for indentation, hardly ever anywhere else.
final class Tabs {

    private static final Pattern INDENTED = Pattern.compile("^( *\t[ \t]*)[^ \t].*");
    private static final Pattern HARMLESS =
            Pattern.compile("^[ \t]++$|(?<=[^ \t]) *+\t[ \t]*+(?=$|#)|(?<=[:-]) *+\t[ \t]*+");
    private static final Pattern AFTER_VALUE =
            Pattern.compile(
                    "(?<=[^ \t]) *+\t[ \t]*+(?=$|#)|(?<=:) *+\t[ \t]*+(?=[^ \t])|(?<=^ {0,100}-) *+\t[ \t]*+(?=[^ \t])");
    private static final int DEEPEST = 1_000;
    private static final List<Integer> TAB_STOPS = List.of(8, 4, 2);

    private Tabs() {}

    /// The lines with tabs that stand behind something or on an empty line, with a space for each;
    /// none where there is no such tab.
    static SortedMap<Integer, String> harmlessAsSpaces(Source source) {
        return changed(source, Tabs::harmlessAsSpaces);
    }

    private static String harmlessAsSpaces(String line) {
        return HARMLESS.matcher(line).replaceAll(match -> match.group().replace('\t', ' '));
    }

    private static SortedMap<Integer, String> changed(Source source, UnaryOperator<String> mend) {
        return changed(source, source.linesRead().stream().map(mend).toList());
    }

    private static SortedMap<Integer, String> changed(Source source, List<String> better) {
        var changed = new TreeMap<Integer, String>();
        for (var number = 1; number <= better.size(); number++) {
            var line = better.get(number - 1);
            if (!line.equals(source.lineRead(number))) changed.put(number, line);
        }
        return changed;
    }

    /// Whether a line is indented with tabs.
    static boolean indent(String line) {
        return INDENTED.matcher(line).matches();
    }

    /// A line that is indented with tabs, with the lines as they should be.
    static SyntaxMistake mistake(int line, Source source) {
        var text = source.line(line);
        var first = text.indexOf('\t');
        var last = text.substring(0, indentation(text).length()).lastIndexOf('\t');
        var affected = source.linesRead().stream().filter(Tabs::indent).count();
        return new SyntaxMistake(
                Code.TAB_INDENTATION,
                new Spot(source.place(line, first + 1, last - first + 1), Pointer.ROOT),
                "a tab is used for indentation; YAML allows only spaces",
                affected == 1
                        ? Optional.empty()
                        : Optional.of(
                                "let your editor turn the tabs of all %d lines into spaces"
                                        .formatted(affected)),
                () -> mends(line, source));
    }

    private static List<Mend> mends(int line, Source source) {
        return Stream.concat(
                        Stream.of(changed(source, mendedLines(source.linesRead()))),
                        TAB_STOPS.stream().map(stop -> changed(source, it -> expanded(it, stop))))
                .distinct()
                .map(it -> block(it, line, source))
                .toList();
    }

    /// Mended lines, of which the block around one is shown, with the key that it belongs to.
    private static Mend block(SortedMap<Integer, String> mended, int line, Source source) {
        IntFunction<String> text = it -> mended.getOrDefault(it, source.lineRead(it));
        var depth = Indentation.depth(text.apply(line));
        var last = line;
        while (last < source.linesRead().size()
                && !text.apply(last + 1).isBlank()
                && Indentation.depth(text.apply(last + 1)) >= depth) {
            last++;
        }
        return new Mend(mended, line > 1 && opens(text.apply(line - 1)) ? line - 1 : line, last);
    }

    /// A line as an editor shows it whose tabs reach to the next multiple of some width.
    private static String expanded(String line, int stop) {
        if (!indent(line)) return harmlessAsSpaces(line);
        var depth = 0;
        for (var character : indentation(line).toCharArray()) {
            depth = character == '\t' ? (depth / stop + 1) * stop : depth + 1;
        }
        return " ".repeat(depth) + line.substring(indentation(line).length()).stripTrailing();
    }

    /// All lines with their tabs turned into the spaces that the lines around them suggest: as deep
    /// as the line above where that is indented with the same characters, one step deeper beneath a
    /// key without value, otherwise as deep as the last line with the same characters.
    private static List<String> mendedLines(List<String> lines) {
        var step = step(lines);
        var depths = new HashMap<String, Integer>();
        var mended = new ArrayList<String>();
        var above = "";
        var aboveBefore = "";
        for (var line : lines) {
            var before = indentation(line);
            if (!indent(line)) {
                mended.add(harmlessAsSpaces(line));
            } else {
                var known = Optional.ofNullable(depths.get(before));
                var back = before.length() <= aboveBefore.length() && known.isPresent();
                var depth =
                        opens(above) && !back
                                ? Indentation.content(above) + step
                                : known.orElse(Indentation.content(above));
                mended.add(
                        " ".repeat(Math.min(depth, DEEPEST))
                                + line.substring(before.length()).stripTrailing());
            }
            if (line.isBlank() || line.strip().startsWith("#")) continue;
            above = mended.getLast();
            aboveBefore = before;
            depths.put(before, indentation(above).length());
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
                Remedy.suggest("remove it, or use spaces")
                        .mended(
                                Mended.line(
                                        found.getFirst().line(),
                                        harmlessAsSpaces(source.line(found.getFirst().line()))
                                                .stripTrailing())));
    }
}
