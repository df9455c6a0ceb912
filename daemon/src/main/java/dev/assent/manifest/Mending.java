package dev.assent.manifest;

import dev.assent.manifest.Tree.Entry;
import dev.assent.model.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Repaired lines, where the repair is mechanical.
final class Mending {

    private Mending() {}

    /// The line of a key with another key in its place.
    static List<String> renamed(Entry entry, String key, Problems problems) {
        return replaced(entry.keyPlace(), entry.key(), key, problems);
    }

    /// The line of a value with another one in its place.
    static List<String> replaced(Tree.Scalar scalar, String better, Problems problems) {
        return replaced(scalar.place(), scalar.written(), better, problems);
    }

    /// The line of a value with quotes around it.
    static List<String> quoted(Tree.Scalar scalar, Problems problems) {
        return replaced(scalar, Quoting.quoted(scalar.written()), problems);
    }

    /// What to do about a word where another one is near: the line with that in its place.
    ///
    /// @param spot where the word stands
    static Remedy nearest(Spot spot, String written, Optional<String> near, Problems problems) {
        return near.map(it ->
                        Remedy.didYouMean(it).mended(replaced(spot.place(), written, it, problems)))
                .orElse(Remedy.NONE);
    }

    static Remedy nearest(Entry entry, Optional<String> near, Problems problems) {
        return nearest(entry.keySpot(), entry.key(), near, problems);
    }

    static Remedy nearest(Tree value, Optional<String> near, Problems problems) {
        return nearest(value.spot(), value.text().orElse(""), near, problems);
    }

    /// No line where something else stands there, such as a tag or a quote.
    private static List<String> replaced(
            Place place, String written, String better, Problems problems) {
        var line = problems.source().line(place.line());
        if (problems.full() || line.length() > Problems.LONGEST_MENDED) return List.of();
        var before = place.column() - 1;
        if (before > line.codePointCount(0, line.length())) return List.of();
        var from = line.offsetByCodePoints(0, before);
        if (!line.startsWith(written, from)) return List.of();
        return List.of(line.substring(0, from) + better + line.substring(from + written.length()));
    }

    /// The line of a key, and other keys moved beneath it.
    static List<String> beneath(Entry key, List<Entry> moved, Problems problems) {
        var line = problems.source().line(key.keyPlace().line());
        return beneath(line, key.keyPlace().column() + 1, moved, problems);
    }

    /// A new key in front of the first of some others, and these moved beneath it; no line where
    /// they share lines with something else.
    static List<String> beneath(String key, List<Entry> moved, Problems problems) {
        var first = moved.getFirst().keyPlace();
        var line = problems.source().line(first.line());
        var before = line.substring(0, line.offsetByCodePoints(0, first.column() - 1));
        return moved.stream().allMatch(it -> isAlone(it, problems))
                ? beneath(before + key + ":", first.column() + 1, moved, problems)
                : List.of();
    }

    /// The line of an entry with something else in its place; no line where it shares that with
    /// anything.
    static List<String> instead(Entry entry, String text, Problems problems) {
        var place = entry.keyPlace();
        var line = problems.source().line(place.line());
        return isAlone(entry, problems) && entry.value().place().endLine() == place.line()
                ? List.of(line.substring(0, place.column() - 1) + text)
                : List.of();
    }

    /// Whether an entry has its lines to itself, save for the dash of a list.
    private static boolean isAlone(Entry entry, Problems problems) {
        var place = entry.keyPlace();
        var line = problems.source().line(place.line());
        var before = Math.min(place.column() - 1, line.length());
        return line.substring(0, before).matches("[ -]*")
                && line.substring(before).startsWith(entry.key());
    }

    private static List<String> beneath(
            String key, int depth, List<Entry> moved, Problems problems) {
        var source = problems.source();
        var lines = new ArrayList<String>();
        lines.add(key);
        for (var entry : moved) {
            var column = entry.keyPlace().column();
            var end = Math.max(entry.keyPlace().endLine(), entry.value().place().endLine());
            for (var number = entry.keyPlace().line(); number <= end; number++) {
                var line = source.line(number);
                lines.add(" ".repeat(depth) + line.substring(Math.min(column - 1, line.length())));
            }
        }
        return lines;
    }
}
