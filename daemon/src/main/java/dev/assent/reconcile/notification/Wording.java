package dev.assent.reconcile.notification;

import dev.assent.configuration.NewsTemplate;
import dev.assent.configuration.NotificationSettings;
import dev.assent.manifest.Visible;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// News in words, as a notification's configuration wants them.
record Wording(Optional<NewsTemplate> template, Optional<NewsTemplate> link) {

    /// More of one text than that helps nobody.
    private static final int LONGEST = 1_000;

    static Wording of(NotificationSettings settings) {
        return new Wording(settings.template(), settings.link());
    }

    /// All of it.
    ///
    /// @param escape makes text of a value that means nothing in the medium
    String text(News news, UnaryOperator<String> escape) {
        return template.orElseGet(() -> news.event().template())
                .filled(placeholder -> {
                    // An address that is in code is none any more; all that is in it is encoded.
                    if (placeholder.equals("url")) return url(news).orElse("");
                    return escape.apply(shown(value(news, placeholder)));
                });
    }

    /// A few words on one line.
    static String subject(News news) {
        var plan = news.plan().map(it -> it.id() + " ").orElse("");
        return "%s: %s%s".formatted(news.application(), plan, news.event().phrase());
    }

    /// Where the plan can be looked at.
    Optional<String> url(News news) {
        if (news.plan().isEmpty()) return Optional.empty();
        return link.map(it -> it.filled(placeholder -> encoded(value(news, placeholder))));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String value(News news, String placeholder) {
        return switch (placeholder) {
            case "application" -> news.application().toString();
            case "app" -> news.application().app();
            case "environment" -> news.application().environment();
            case "plan" -> news.planId();
            case "event" -> news.event().phrase();
            case "summary" -> news.summary().orElse("");
            case "who" -> news.who();
            case "time" -> news.at().toString();
            case "detail" -> news.detail();
            // The configuration was refused for any other.
            default -> throw new IllegalArgumentException("no value for {" + placeholder + "}");
        };
    }

    /// What is hidden in it becomes visible: no value can begin a line or turn the reading around.
    private static String shown(String value) {
        var shown = Visible.of(value);
        return shown.codePointCount(0, shown.length()) <= LONGEST
                ? shown
                : shown.substring(0, shown.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
