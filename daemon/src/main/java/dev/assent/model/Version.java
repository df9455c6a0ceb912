package dev.assent.model;

import java.util.regex.Pattern;

/// A version as it was written: dotted numbers, `16`, `8.0`, `5.10`; never a floating-point number,
/// in which `5.10` would be `5.1`.
public record Version(String text) implements Comparable<Version> {

    private static final Pattern TEXT = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,6}){0,3}");

    public Version {
        if (!isVersion(text)) throw new IllegalArgumentException("not a version: " + text);
    }

    public static boolean isVersion(String text) {
        return TEXT.matcher(text).matches();
    }

    /// Whether a server of this version is what `wanted` asks for: the same, or a more precise one
    /// (`16.15` is a `16`, `5.10` is no `5.1`).
    public boolean satisfies(Version wanted) {
        // The usual case: the same text, or the same and more behind a dot.
        if (text.startsWith(wanted.text)) {
            var end = wanted.text.length();
            if (text.length() == end || text.charAt(end) == '.') return true;
        }
        var mine = parts();
        var theirs = wanted.parts();
        if (mine.length < theirs.length) return false;
        for (var i = 0; i < theirs.length; i++) {
            if (mine[i] != theirs[i]) return false;
        }
        return true;
    }

    /// The first number: PostgreSQL's major version.
    public int major() {
        return parts()[0];
    }

    @Override
    public int compareTo(Version other) {
        var mine = parts();
        var theirs = other.parts();
        for (var i = 0; i < Math.min(mine.length, theirs.length); i++) {
            if (mine[i] != theirs[i]) return Integer.compare(mine[i], theirs[i]);
        }
        return mine.length != theirs.length
                ? Integer.compare(mine.length, theirs.length)
                : text.compareTo(other.text);
    }

    /// By hand: a plan compares versions more often than it does anything else.
    private int[] parts() {
        var parts = new int[1 + dots()];
        var part = 0;
        for (var i = 0; i < text.length(); i++) {
            var digit = text.charAt(i);
            if (digit == '.') part++;
            else parts[part] = 10 * parts[part] + digit - '0';
        }
        return parts;
    }

    private int dots() {
        var dots = 0;
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '.') dots++;
        }
        return dots;
    }

    @Override
    public String toString() {
        return text;
    }
}
