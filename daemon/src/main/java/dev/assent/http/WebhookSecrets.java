package dev.assent.http;

import dev.assent.model.Secret;
import dev.assent.systemd.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;

/// The secrets that a repository's webhooks may be signed with: one, or while it is being changed
/// the new one and the old one.
final class WebhookSecrets {

    private static final int SHORTEST = 16;

    private final List<Secret> lines;

    private WebhookSecrets(List<String> lines) {
        this.lines = lines.stream().map(Secret::of).toList();
    }

    /// Reads a file with a secret on each line.
    ///
    /// @throws ListenException if it cannot be read, or holds none or one that can be guessed
    static WebhookSecrets read(Path file) {
        try {
            var lines =
                    SecretFile.read(file)
                            .lines()
                            .map(String::strip)
                            .filter(it -> !it.isEmpty())
                            .toList();
            if (!lines.isEmpty() && lines.stream().allMatch(it -> it.length() >= SHORTEST)) {
                return new WebhookSecrets(lines);
            }
            throw new ListenException(
                    "there is no secret for a webhook in " + file,
                    "put a random one of at least " + SHORTEST + " characters on its only line");
        } catch (IOException e) {
            throw new ListenException(
                    "could not read the webhook's secret in " + file + ": " + e.getMessage(),
                    "make the file, readable for the daemon's user",
                    e);
        }
    }

    /// A secret that nobody knows.
    static WebhookSecrets random() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new WebhookSecrets(List.of(Base64.getEncoder().encodeToString(bytes)));
    }

    /// Whether one of the secrets fits; all are tried, whichever does.
    boolean any(Predicate<byte[]> fits) {
        var any = false;
        for (var line : lines) any |= fits.test(line.reveal().getBytes(StandardCharsets.UTF_8));
        return any;
    }

    @Override
    public String toString() {
        return "[secrets]";
    }
}
