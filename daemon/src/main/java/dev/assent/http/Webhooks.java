package dev.assent.http;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;

/// Webhooks that come in. One says nothing but "look now", so that nothing in it is ever read: its
/// bytes are there to be checked against its signature. One that never comes costs a poll interval.
public final class Webhooks {

    /// None is expected.
    static final Webhooks NONE =
            new Webhooks(Map.of(), (_, _) -> false, _ -> {}, InstantSource.system());

    private final Map<String, WebhookSecrets> secrets;
    private final BiPredicate<String, List<String>> isNew;
    private final Consumer<String> look;
    private final InstantSource clock;

    /// What a repository without a webhook is checked against, so that it takes as long.
    private final WebhookSecrets nobodys = WebhookSecrets.random();

    private Webhooks(
            Map<String, WebhookSecrets> secrets,
            BiPredicate<String, List<String>> isNew,
            Consumer<String> look,
            InstantSource clock) {
        this.secrets = secrets;
        this.isNew = isNew;
        this.look = look;
        this.clock = clock;
    }

    /// Reads the secrets.
    ///
    /// @param files by repository, the file that holds its webhook's secret
    /// @param isNew whether a webhook of a repository with these marks was never there before
    /// @param look has a repository looked at
    /// @throws ListenException if a file cannot be read or holds no secret
    public static Webhooks of(
            Map<String, Path> files,
            BiPredicate<String, List<String>> isNew,
            Consumer<String> look,
            InstantSource clock) {
        var secrets = new TreeMap<String, WebhookSecrets>();
        files.forEach((repository, file) -> secrets.put(repository, WebhookSecrets.read(file)));
        return new Webhooks(secrets, isNew, look, clock);
    }

    /// What becomes of a webhook.
    enum Answer {
        ACCEPTED,
        /// It was there before.
        REPEATED,
        /// It is not signed as it should be, or there is no such repository: nobody learns which.
        NOT_GENUINE
    }

    Answer receive(String repository, Function<String, Optional<String>> headers, byte[] body) {
        var known = Optional.ofNullable(secrets.get(repository));
        var signature = WebhookSignature.of(headers);
        var genuine =
                signature
                        .map(it -> it.isMadeWith(known.orElse(nobodys), body, clock.instant()))
                        .orElse(false);
        if (known.isEmpty() || !genuine) return Answer.NOT_GENUINE;
        if (!isNew.test(repository, marks(signature.get(), body))) return Answer.REPEATED;
        look.accept(repository);
        return Answer.ACCEPTED;
    }

    /// The id is what a forge's own repetitions have in common; but most signatures don't cover it,
    /// and they all cover the body.
    private static List<String> marks(WebhookSignature signature, byte[] body) {
        var marks = new ArrayList<String>();
        marks.add("body:" + sha256(body));
        signature
                .delivery()
                .ifPresent(it -> marks.add("id:" + sha256(it.getBytes(StandardCharsets.UTF_8))));
        return marks;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
