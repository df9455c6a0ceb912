package dev.assent.model;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/// A group of an application, written `mysql/main`.
public record GroupName(Engine engine, String name) implements Comparable<GroupName> {

    /// The usual name of the first group, and the one that the manifest's short form declares.
    public static final String DEFAULT = "default";

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}_-]{0,62}");

    public GroupName {
        if (!isName(name)) throw new IllegalArgumentException("not a group name: " + name);
    }

    /// Whether a text can name a group: letters, digits, `_`, `-`; at most 63 characters.
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /// Reads `ENGINE/GROUP`; empty when the text is none.
    public static Optional<GroupName> parse(String text) {
        var slash = text.indexOf('/');
        if (slash < 0 || !isName(text.substring(slash + 1))) return Optional.empty();
        return Engine.of(text.substring(0, slash))
                .map(engine -> new GroupName(engine, text.substring(slash + 1)));
    }

    /// The part of its environment variables' names that stands for the group: `MY_DB`.
    public String variablePart() {
        var part = new StringBuilder(name.length());
        for (var i = 0; i < name.length(); i = name.offsetByCodePoints(i, 1)) {
            var letter = name.charAt(i);
            var plain = letter < 128 && Character.isLetterOrDigit(letter);
            part.append(plain ? Character.toUpperCase(letter) : '_');
        }
        return part.toString();
    }

    /// Whether another group would have some of the same environment variables: `my-db` and
    /// `my_db`, or `main_replica` and the replicas of `main`.
    public boolean sharesVariablesWith(GroupName other) {
        if (equals(other) || engine != other.engine) return false;
        var mine = variablePart();
        var its = other.variablePart();
        return mine.equals(its) || mine.equals(its + "_REPLICA") || its.equals(mine + "_REPLICA");
    }

    @Override
    public int compareTo(GroupName other) {
        return Comparator.comparing(GroupName::engine)
                .thenComparing(GroupName::name)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return engine + "/" + name;
    }
}
