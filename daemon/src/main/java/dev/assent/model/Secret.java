package dev.assent.model;

import java.security.SecureRandom;
import java.util.stream.Collectors;

/// A password or a token. It never shows itself: only who asks for [#reveal] gets the text, and every
/// such call is a place to look at in a review. What it is, is kept out of the log from then on
/// ([KnownSecrets]).
public final class Secret {

    private static final String ALPHABET =
            "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    private static final int LENGTH = 32;

    private final String text;

    private Secret(String text) {
        this.text = text;
        KnownSecrets.learn(text);
    }

    public static Secret of(String text) {
        return new Secret(text);
    }

    /// A new random password of 32 letters and digits (about 186 bits), safe in URLs, shells and
    /// configuration files without quoting.
    public static Secret generate(SecureRandom random) {
        return new Secret(
                random.ints(LENGTH, 0, ALPHABET.length())
                        .mapToObj(i -> String.valueOf(ALPHABET.charAt(i)))
                        .collect(Collectors.joining()));
    }

    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
