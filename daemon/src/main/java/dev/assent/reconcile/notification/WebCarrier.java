package dev.assent.reconcile.notification;

import dev.assent.configuration.NotificationSettings.Url;
import dev.assent.model.KnownSecrets;
import dev.assent.reconcile.Carrier;
import dev.assent.reconcile.CarryException;
import dev.assent.state.Outbox.Letter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// Posts what a letter comes to.
final class WebCarrier implements Carrier {

    private final Poster poster;
    private final Url url;
    private final Form form;

    /// What is posted.
    @FunctionalInterface
    interface Form {
        Post of(Letter letter, News news) throws CarryException;
    }

    /// A body, and headers beside it.
    record Post(String body, Map<String, String> headers) {}

    WebCarrier(Poster poster, Url url, Form form) {
        this.poster = poster;
        this.url = url;
        this.form = form;
    }

    @Override
    public Optional<String> carry(Letter letter) throws CarryException {
        var news = News.read(letter.body());
        if (news.isEmpty()) throw CarryException.forEver("it was written by another version");
        var post = form.of(letter, news.get());
        poster.post(
                address(),
                post.headers(),
                post.body().getBytes(StandardCharsets.UTF_8),
                letter.attempts());
        return Optional.empty();
    }

    private URI address() throws CarryException {
        var secret =
                url.file().isPresent()
                        ? SecretFiles.read(url.file().get())
                        : url.written().orElseThrow();
        try {
            var address = URI.create(secret.reveal());
            var scheme = String.valueOf(address.getScheme());
            if (scheme.matches("(?i)https?")
                    && address.getHost() != null
                    && address.getRawUserInfo() == null) {
                // Who posts logs the path alone, and it is what must not be known.
                KnownSecrets.learnIfLong(String.valueOf(address.getRawPath()));
                return address;
            }
        } catch (IllegalArgumentException _) {
            // Its message holds the URL.
        }
        throw CarryException.passing("what it is to be posted to is no http:// or https:// URL");
    }
}
