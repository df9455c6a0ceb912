package dev.assent.manifest;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Characters that look like spaces and are none to YAML, as pages and chats put them into text.
final class Blanks {

    private static final Pattern INDENTATION =
            Pattern.compile("^[ \\t]*[\\p{Zs}&&[^ ]][\\p{Zs}\\t]*");

    /// Where a text of several lines begins, which are indented more.
    private static final Pattern BLOCK = Pattern.compile("[:-] +[|>][-+0-9]{0,2}\\s*(?:#.*)?$");

    /// What is no part of a longer text.
    private static final Pattern STRUCTURE =
            Pattern.compile("^(?:- |[\\p{L}\\p{N}_.'\"-]+:(?: |$))");

    private Blanks() {}

    /// The text with spaces in their place wherever they indent a line, which is reported.
    static Source asSpaces(Source source, Problems problems) {
        if (source.text().chars().allMatch(it -> it < 0x80)) return source;
        var mended = new TreeMap<Integer, String>();
        var blank = new TreeMap<Integer, String>();
        var text = Integer.MAX_VALUE;
        for (var number = 1; number <= source.lines().size(); number++) {
            var line = source.line(number);
            if (spaces(line) > text) continue;
            if (!line.isBlank()) {
                text = BLOCK.matcher(line).find() ? spaces(line) : Integer.MAX_VALUE;
            }
            var indentation = INDENTATION.matcher(line);
            if (!indentation.find()) continue;
            var rest = line.substring(indentation.end());
            if (rest.isEmpty()) {
                blank.put(number, "");
            } else if (STRUCTURE.matcher(rest).find()) {
                mended.put(number, indentation.group().replaceAll("\\p{Zs}", " ") + rest);
            }
        }
        if (!mended.isEmpty()) report(mended, source, problems);
        blank.putAll(mended);
        return blank.isEmpty() ? source : source.reading(blank);
    }

    private static int spaces(String line) {
        var spaces = 0;
        while (spaces < line.length() && line.charAt(spaces) == ' ') spaces++;
        return spaces;
    }

    private static void report(
            SortedMap<Integer, String> mended, Source source, Problems problems) {
        var first = mended.firstKey();
        var line = source.line(first);
        var column = 0;
        while (line.charAt(column) == ' ' || line.charAt(column) == '\t') column++;
        var last = first;
        while (mended.containsKey(last + 1)) last++;
        problems.add(
                Code.INDENTATION,
                new Spot(source.place(first, column + 1, 1), Pointer.ROOT),
                "the character U+%04X looks like a space and is none, so it does not indent"
                        .formatted(line.codePointAt(column)),
                Remedy.suggest(
                                mended.size() == 1
                                        ? "put spaces in its place"
                                        : "put spaces in its place, in all %d lines"
                                                .formatted(mended.size()))
                        .mended(new Mend(mended, first, last).shown(source)));
    }
}
