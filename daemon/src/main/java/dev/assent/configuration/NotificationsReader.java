package dev.assent.configuration;

import dev.assent.configuration.NotificationSettings.Medium;
import dev.assent.configuration.NotificationSettings.Smtp;
import dev.assent.configuration.NotificationSettings.Tls;
import dev.assent.configuration.NotificationSettings.Url;
import dev.assent.manifest.CheckedTree;
import dev.assent.manifest.Tree;
import dev.assent.model.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The part of the configuration that says whom to tell of what happens.
///
/// @param duration reads a time; a wrong one is reported, and the other returned
record NotificationsReader(
        CheckedTree tree, FilesNamed files, BiFunction<Tree, Duration, Duration> duration) {

    private static final Duration REMIND_AFTER = Duration.ofHours(24);

    /// No blank, no comma, no angle bracket: one address, and no way into a further header.
    private static final Pattern ADDRESS =
            Pattern.compile("[\\x21-\\x7e&&[^<>@,;:\\\\\"()\\[\\]]]+@[A-Za-z0-9.-]+");

    private static final Set<String> HTTP = Set.of("http", "https");

    List<NotificationSettings> read(List<Tree.Mapping> items) {
        var all = new ArrayList<NotificationSettings>();
        for (var item : items) {
            var settings = notification(item);
            if (all.stream().anyMatch(it -> it.name().equals(settings.name()))) {
                at(
                        item,
                        "name",
                        "another notification is called `%s` too".formatted(settings.name()));
            }
            all.add(settings);
        }
        return all;
    }

    private NotificationSettings notification(Tree.Mapping item) {
        var match = item.text("match").orElse("*/*");
        if (match.chars().filter(it -> it == '/').count() != 1) {
            at(item, "match", "an application is matched as APP/ENVIRONMENT: `*/production`");
        }
        return new NotificationSettings(
                item.text("name").orElse(""),
                medium(item),
                events(item),
                match,
                template(item),
                link(item),
                item.value("remind_after")
                        .map(it -> duration.apply(it, REMIND_AFTER))
                        .orElse(REMIND_AFTER));
    }

    private static Set<NewsEvent> events(Tree.Mapping item) {
        var events = EnumSet.noneOf(NewsEvent.class);
        item.list("events").stream()
                .flatMap(it -> it.text().stream())
                .flatMap(it -> NewsEvent.of(it).stream())
                .forEach(events::add);
        return events.isEmpty() ? EnumSet.allOf(NewsEvent.class) : events;
    }

    private Medium medium(Tree.Mapping item) {
        return switch (item.text("type").orElse("")) {
            case "email" -> email(item);
            case "slack" -> {
                if (item.has("url")) {
                    at(
                            item,
                            "name",
                            "whoever knows this kind of URL can post there: put it into a file, and name that as `url_file`");
                }
                if (item.has("secret_file")) {
                    at(item, "secret_file", "only a `webhook` is signed with a secret");
                }
                yield new Medium.Slack(url(item));
            }
            default -> new Medium.Webhook(url(item), files.at(item, "secret_file"));
        };
    }

    private Url url(Tree.Mapping item) {
        for (var key : List.of("from", "to", "smtp")) {
            if (item.has(key))
                at(item, key, "`%s` belongs to a notification of type `email`".formatted(key));
        }
        var written = item.text("url");
        var file = files.at(item, "url_file");
        if (written.isPresent() == file.isPresent()) {
            at(item, "name", "a notification posts to a `url`, or to the one in a `url_file`");
        }
        if (written.isPresent() && !isHttp(written.get())) {
            at(
                    item,
                    "url",
                    "a notification is posted to an http:// or https:// URL without user or password");
        }
        return new Url(written.map(Secret::of), file, isYes(item, "allow_private"));
    }

    private static boolean isHttp(String text) {
        try {
            var url = new URI(text);
            return url.getScheme() != null
                    && HTTP.contains(url.getScheme().toLowerCase(Locale.ROOT))
                    && url.getHost() != null
                    && url.getRawUserInfo() == null;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private Medium email(Tree.Mapping item) {
        for (var key : List.of("url", "url_file", "secret_file", "allow_private")) {
            if (item.has(key))
                at(item, key, "`%s` means nothing to a notification by e-mail".formatted(key));
        }
        for (var key : List.of("from", "to", "smtp")) {
            if (!item.has(key))
                at(item, "name", "a notification by e-mail needs `%s`".formatted(key));
        }
        var to = item.list("to").stream().flatMap(it -> it.text().stream()).toList();
        item.value("from").ifPresent(this::address);
        item.list("to").forEach(this::address);
        var smtp = item.mapping("smtp");
        var server =
                smtp.map(this::smtp)
                        .orElse(new Smtp("", 25, Tls.NONE, Optional.empty(), Optional.empty()));
        return new Medium.Email(item.text("from").orElse(""), to, server);
    }

    private void address(Tree value) {
        if (!ADDRESS.matcher(value.text().orElse("")).matches()) {
            tree.refuse(value, "an e-mail address is plain here: `assent@example.org`");
        }
    }

    private static Optional<Tls> tls(String word) {
        return Stream.of(Tls.values())
                .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }

    private Smtp smtp(Tree.Mapping item) {
        var tls = item.text("tls").flatMap(NotificationsReader::tls).orElse(Tls.STARTTLS);
        var usual =
                switch (tls) {
                    case NONE -> 25;
                    case STARTTLS -> 587;
                    case IMPLICIT -> 465;
                };
        if (item.has("user") != item.has("password_file")) {
            at(
                    item,
                    item.has("user") ? "user" : "password_file",
                    "`user` and `password_file` go together");
        }
        if (item.has("user") && tls == Tls.NONE) {
            at(item, "user", "a password is not sent without encryption: `tls: starttls`");
        }
        return new Smtp(
                item.text("host").orElse(""),
                item.number("port").map(Long::intValue).orElse(usual),
                tls,
                item.text("user"),
                files.at(item, "password_file"));
    }

    private Optional<NewsTemplate> template(Tree.Mapping item) {
        var template = item.text("template").map(NewsTemplate::new);
        template.ifPresent(it -> known(item, "template", it, NewsTemplate.PLACEHOLDERS));
        if (template.filter(it -> it.used().contains("url")).isPresent() && !item.has("link")) {
            at(item, "template", "`{url}` is what `link` says: `https://example.org/{plan}`");
        }
        return template;
    }

    private Optional<NewsTemplate> link(Tree.Mapping item) {
        var link = item.text("link").map(NewsTemplate::new);
        link.ifPresent(it -> {
            known(item, "link", it, List.of("app", "environment", "plan"));
            if (!isHttp(it.filled(_ -> "x"))) {
                at(item, "link", "a link is an http:// or https:// URL");
            }
        });
        return link;
    }

    private void known(Tree.Mapping item, String key, NewsTemplate template, List<String> known) {
        for (var placeholder : template.used()) {
            if (known.contains(placeholder)) continue;
            at(
                    item,
                    key,
                    "there is no `{%s}` to put in; there is {%s}"
                            .formatted(placeholder, String.join("}, {", known)));
        }
    }

    private static boolean isYes(Tree.Mapping item, String key) {
        return item.text(key).filter(it -> it.equals("true")).isPresent();
    }

    private void at(Tree.Mapping item, String key, String message) {
        tree.refuse(item.value(key).orElse(item), message);
    }
}
