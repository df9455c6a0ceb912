package dev.assent.manifest;

import dev.assent.manifest.Tree.Entry;
import java.util.ArrayList;
import java.util.List;

/// Repaired lines, where the repair is mechanical.
final class Mending {

    private Mending() {}

    /// The line of a key with another key in its place.
    static List<String> renamed(Entry entry, String key, Problems problems) {
        var place = entry.keyPlace();
        var line = problems.source().line(place.line());
        var from = line.offsetByCodePoints(0, place.column() - 1);
        if (!line.startsWith(entry.key(), from)) return List.of();
        return List.of(line.substring(0, from) + key + line.substring(from + entry.key().length()));
    }

    /// The line of a key, and other keys moved beneath it.
    static List<String> beneath(Entry key, List<Entry> moved, Problems problems) {
        var source = problems.source();
        var lines = new ArrayList<String>();
        lines.add(source.line(key.keyPlace().line()));
        var indentation = " ".repeat(key.keyPlace().column() + 1);
        for (var entry : moved) {
            var column = entry.keyPlace().column();
            var end = Math.max(entry.keyPlace().endLine(), entry.value().place().endLine());
            for (var number = entry.keyPlace().line(); number <= end; number++) {
                var line = source.line(number);
                lines.add(indentation + line.substring(Math.min(column - 1, line.length())));
            }
        }
        return lines;
    }
}
