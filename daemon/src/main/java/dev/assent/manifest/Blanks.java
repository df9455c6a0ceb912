package dev.assent.manifest;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Characters that look like spaces and are none to YAML, as pages and chats put them into text.
final class Blanks {

    private static final Pattern INDENTATION =
            Pattern.compile("^[ \\t]*[\\p{Zs}&&[^ ]][\\p{Zs}\\t]*");

    private Blanks() {}

    /// The text with spaces in their place wherever they indent a line, which is reported.
    static Source asSpaces(Source source, Problems problems) {
        if (source.text().chars().allMatch(it -> it < 0x80)) return source;
        var mended = new TreeMap<Integer, String>();
        for (var number = 1; number <= source.lines().size(); number++) {
            var line = source.line(number);
            var indentation = INDENTATION.matcher(line);
            if (!indentation.find() || line.isBlank()) continue;
            mended.put(
                    number,
                    indentation.group().replaceAll("\\p{Zs}", " ")
                            + line.substring(indentation.end()));
        }
        if (mended.isEmpty()) return source;
        report(mended, source, problems);
        return source.reading(mended);
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
