package dev.assent.plan;

import java.util.Optional;
import java.util.regex.Pattern;

/// A plan's identity: SHA-256 over the canonical JSON of application, base serial and changes,
/// written `sha256:` and 64 hexadecimal digits.
public record Digest(String hex) {

    private static final String PREFIX = "sha256:";
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public Digest {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a SHA-256 in hex: " + hex);
        }
    }

    /// Reads `sha256:…`; empty when the text is none.
    public static Optional<Digest> parse(String text) {
        if (!text.startsWith(PREFIX)) return Optional.empty();
        var hex = text.substring(PREFIX.length());
        return HEX.matcher(hex).matches() ? Optional.of(new Digest(hex)) : Optional.empty();
    }

    /// What people type: `p-` and the first eight digits.
    public String id() {
        return "p-" + hex.substring(0, 8);
    }

    @Override
    public String toString() {
        return PREFIX + hex;
    }
}
