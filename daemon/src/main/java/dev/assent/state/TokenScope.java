package dev.assent.state;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What the holder of a token may do. Each includes those before it.
public enum TokenScope {
    /// See everything but secrets.
    READ,
    /// Ask for something, which becomes a plan, and redeploy.
    REQUEST,
    /// Decide on plans and carry them out; see the variables of applications.
    APPROVE,
    /// Make tokens and revoke them.
    ADMIN;

    /// The words of all, from the least to the most.
    public static List<String> words() {
        return Stream.of(values()).map(TokenScope::word).toList();
    }

    public static Optional<TokenScope> of(String word) {
        return Stream.of(values()).filter(it -> it.word().equals(word)).findFirst();
    }

    /// The word in the record, in JSON and on the command line.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean includes(TokenScope needed) {
        return compareTo(needed) >= 0;
    }
}
