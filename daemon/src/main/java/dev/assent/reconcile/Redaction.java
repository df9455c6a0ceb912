package dev.assent.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.variables.UrlText;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Takes secrets out of what a program printed, as they are and as they stand in URLs.
final class Redaction {

    private static final String INSTEAD = "[secret]";

    private final List<String> secrets;

    Redaction(Collection<String> secrets) {
        // The longest first: one can be part of another.
        this.secrets =
                secrets.stream()
                        .flatMap(it -> Stream.of(it, UrlText.encoded(it)))
                        .filter(it -> !it.isEmpty())
                        .distinct()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList();
    }

    String of(String text) {
        var redacted = text;
        for (var secret : secrets) redacted = redacted.replace(secret, INSTEAD);
        return redacted;
    }

    /// No secret is longer, in bytes.
    int longest() {
        return secrets.stream().mapToInt(it -> it.getBytes(UTF_8).length).max().orElse(0);
    }
}
