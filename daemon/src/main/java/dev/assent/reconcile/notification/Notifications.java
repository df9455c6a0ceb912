package dev.assent.reconcile.notification;

import dev.assent.configuration.NotificationSettings;
import dev.assent.configuration.NotificationSettings.Medium.Email;
import dev.assent.configuration.NotificationSettings.Medium.Slack;
import dev.assent.configuration.NotificationSettings.Medium.Webhook;
import dev.assent.configuration.NotificationSettings.Url;
import dev.assent.reconcile.Carrier;
import dev.assent.reconcile.CarryException;
import dev.assent.reconcile.notification.WebCarrier.Post;
import dev.assent.state.Outbox.Letter;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/// The notifications of the configuration, each with what carries for it.
public final class Notifications implements AutoCloseable {

    /// The word before the name in the outbox.
    public static final String PREFIX = "notify";

    private volatile Map<String, Carrier> carriers = Map.of();
    private final InstantSource clock;
    private final Resolver resolver;

    /// By whether they may post to the own network; made where one is needed.
    private final Map<Boolean, Poster> posters = new LinkedHashMap<>();

    public Notifications(List<NotificationSettings> all, InstantSource clock) {
        this(all, clock, Resolver.SYSTEM);
    }

    Notifications(List<NotificationSettings> all, InstantSource clock, Resolver resolver) {
        this.clock = clock;
        this.resolver = resolver;
        prepare(all).run();
    }

    /// Makes the carriers of others ready, and gives what has them carry from then on.
    public synchronized Runnable prepare(List<NotificationSettings> all) {
        var now = new LinkedHashMap<String, Carrier>();
        all.forEach(it -> now.put(it.name(), carrier(it)));
        return () -> carriers = now;
    }

    static String recipient(NotificationSettings settings) {
        return PREFIX + ":" + settings.name();
    }

    /// Who carries for the notification of this name.
    public Optional<Carrier> carrier(String name) {
        return Optional.ofNullable(carriers.get(name));
    }

    private Carrier carrier(NotificationSettings settings) {
        var wording = Wording.of(settings);
        return switch (settings.medium()) {
            case Webhook it ->
                    new WebCarrier(
                            poster(it.url()),
                            it.url(),
                            (letter, news) -> webhook(it, wording, letter, news));
            case Slack it ->
                    new WebCarrier(poster(it.url()), it.url(), (_, news) -> slack(wording, news));
            case Email it -> new MailCarrier(it, wording);
        };
    }

    private Poster poster(Url url) {
        return posters.computeIfAbsent(url.allowPrivate(), it -> new Poster(resolver, it));
    }

    private Post webhook(Webhook webhook, Wording wording, Letter letter, News news)
            throws CarryException {
        var json = news.json();
        json.put("text", wording.text(news, it -> it));
        wording.url(news).ifPresent(it -> json.put("url", it));
        var body = json.toString();
        var id = MessageId.of(letter);
        var seconds = clock.instant().getEpochSecond();
        var headers = new LinkedHashMap<String, String>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(seconds));
        if (webhook.secretFile().isPresent()) {
            var secret = SecretFiles.read(webhook.secretFile().get());
            headers.put("webhook-signature", Signature.of(id, seconds, body, secret));
        }
        return new Post(body, headers);
    }

    private static Post slack(Wording wording, News news) {
        var text = wording.text(news, SlackText::inert);
        var link =
                wording.template().isPresent()
                        ? ""
                        : wording.url(news).map(it -> "\n" + SlackText.escaped(it)).orElse("");
        var json = JsonNodeFactory.instance.objectNode().put("text", text + link);
        return new Post(json.toString(), Map.of());
    }

    @Override
    public void close() {
        posters.values().forEach(Poster::close);
    }
}
