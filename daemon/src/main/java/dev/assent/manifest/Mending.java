package dev.assent.manifest;

import dev.assent.manifest.Tree.Entry;
import dev.assent.model.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Repaired lines, where the repair is mechanical.
final class Mending {

    /// A key with nothing behind it but a comment.
    private static final Pattern OPENS = Pattern.compile(":\\s*(?:#.*)?$");

    private Mending() {}

    /// The line of a key with another key in its place.
    static Mended renamed(Entry entry, String key, Problems problems) {
        return replaced(entry.keyPlace(), entry.key(), key, problems);
    }

    /// The line of a value with another one in its place.
    static Mended replaced(Tree.Scalar scalar, String better, Problems problems) {
        return replaced(scalar.place(), scalar.written(), better, problems);
    }

    /// The line of a value with quotes around it.
    static Mended quoted(Tree.Scalar scalar, Problems problems) {
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

    private static Mended replaced(Place place, String written, String better, Problems problems) {
        return problems.full()
                ? Mended.NOTHING
                : replaced(place, written, better, problems.sourceOf(place));
    }

    /// The line of a text with another one in its place. Nothing where something else stands there,
    /// such as a tag; quotes around it stay.
    static Mended replaced(Place place, String written, String better, Source source) {
        var line = source.line(place.line());
        if (line.length() > Problems.LONGEST_MENDED) return Mended.NOTHING;
        var before = place.column() - 1;
        if (before >= line.codePointCount(0, line.length())) return Mended.NOTHING;
        var from = line.offsetByCodePoints(0, before);
        var isQuoted = "\"'".indexOf(line.charAt(from)) >= 0 && !better.startsWith("\"");
        if (isQuoted) from++;
        if (written.isEmpty() || !line.startsWith(written, from)) return Mended.NOTHING;
        return Mended.line(
                place.line(),
                line.substring(0, from) + better + line.substring(from + written.length()));
    }

    /// The line of a key, and the keys that follow it moved beneath it.
    static Mended beneath(Entry key, List<Entry> moved, Problems problems) {
        var place = key.keyPlace();
        var line = problems.source().line(place.line());
        return follow(place.line(), moved) && OPENS.matcher(line).find()
                ? beneath(place.line(), line, place.column() + 1, moved, problems)
                : Mended.NOTHING;
    }

    /// A new key in front of the first of some others, and these moved beneath it.
    static Mended beneath(String key, List<Entry> moved, Problems problems) {
        var first = moved.getFirst().keyPlace();
        var line = problems.source().line(first.line());
        var before = line.substring(0, line.offsetByCodePoints(0, first.column() - 1));
        return follow(first.line() - 1, moved)
                        && moved.stream().allMatch(it -> isAlone(it, problems))
                ? beneath(first.line(), before + key + ":", first.column() + 1, moved, problems)
                : Mended.NOTHING;
    }

    /// The line of an entry with something else in its place; nothing where it shares that with
    /// anything.
    static Mended instead(Entry entry, String text, Problems problems) {
        var place = entry.keyPlace();
        var line = problems.source().line(place.line());
        return isAlone(entry, problems) && entry.value().place().endLine() == place.line()
                ? Mended.line(place.line(), line.substring(0, place.column() - 1) + text)
                : Mended.NOTHING;
    }

    /// Whether entries stand one behind the other, the first in the line behind a given one.
    private static boolean follow(int line, List<Entry> entries) {
        var last = line;
        for (var entry : entries) {
            if (entry.keyPlace().line() != last + 1) return false;
            last = end(entry);
        }
        return true;
    }

    private static int end(Entry entry) {
        return Math.max(entry.keyPlace().endLine(), entry.value().place().endLine());
    }

    /// Whether an entry has its lines to itself, save for the dash of a list.
    private static boolean isAlone(Entry entry, Problems problems) {
        var place = entry.keyPlace();
        var line = problems.source().line(place.line());
        var before = Math.min(place.column() - 1, line.length());
        return line.substring(0, before).matches("[ -]*")
                && line.substring(before).startsWith(entry.key());
    }

    private static Mended beneath(
            int firstLine, String key, int depth, List<Entry> moved, Problems problems) {
        var lines = new ArrayList<String>();
        lines.add(key);
        for (var entry : moved) {
            var column = entry.keyPlace().column();
            for (var number = entry.keyPlace().line(); number <= end(entry); number++) {
                var line = problems.source().line(number);
                lines.add(" ".repeat(depth) + line.substring(Math.min(column - 1, line.length())));
            }
        }
        return new Mended(firstLine, end(moved.getLast()), lines);
    }
}
