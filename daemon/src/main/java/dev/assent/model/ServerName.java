package dev.assent.model;

import java.util.regex.Pattern;

/// A server's name, unique in its application: the manifest's `unique_name`.
public record ServerName(String name) implements Comparable<ServerName> {

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,99}");

    public ServerName {
        if (!isName(name)) throw new IllegalArgumentException("not a server name: " + name);
    }

    /// Whether a text can name a server: letters, digits, `.`, `_`, `-`; at most 100 characters.
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    @Override
    public int compareTo(ServerName other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
