package dev.assent.configuration;

import dev.assent.model.ApplicationName;
import dev.assent.model.ApplicationPattern;
import dev.assent.model.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whom to tell of what happens, and how.
///
/// @param match the applications whose news it gets: `*/production`
/// @param template how everything is told; empty: each event in its own words
/// @param link where a plan can be looked at: `https://assent.example.org/plans/{plan}`
/// @param remindAfter how long a plan waits before it is told of again, and how often
public record NotificationSettings(
        String name,
        Medium medium,
        Set<NewsEvent> events,
        String match,
        Optional<NewsTemplate> template,
        Optional<NewsTemplate> link,
        Duration remindAfter) {

    public NotificationSettings {
        var copy = EnumSet.noneOf(NewsEvent.class);
        copy.addAll(events);
        events = Collections.unmodifiableSet(copy);
    }

    public boolean concerns(ApplicationName application) {
        return new ApplicationPattern(match).matches(application);
    }

    /// How it gets there.
    public sealed interface Medium {

        /// JSON by HTTP POST.
        ///
        /// @param secretFile with what is in it each message is signed
        record Webhook(Url url, Optional<Path> secretFile) implements Medium {}

        /// What Slack takes, and others do as Slack does.
        record Slack(Url url) implements Medium {}

        /// A plain text by SMTP.
        record Email(String from, List<String> to, Smtp smtp) implements Medium {
            public Email {
                to = List.copyOf(to);
            }
        }
    }

    /// Where to post to; whoever knows a URL can often post there, so it is shown nowhere.
    ///
    /// @param written as the configuration has it
    /// @param file where it stands otherwise
    /// @param allowPrivate whether it may lead to addresses of the own network or machine
    public record Url(Optional<Secret> written, Optional<Path> file, boolean allowPrivate) {}

    /// The server that takes mail.
    public record Smtp(
            String host, int port, Tls tls, Optional<String> user, Optional<Path> passwordFile) {}

    /// Whether mail is handed over encrypted.
    public enum Tls {
        NONE,
        /// Begun in the clear; without encryption nothing is sent.
        STARTTLS,
        /// From the first byte.
        IMPLICIT
    }
}
