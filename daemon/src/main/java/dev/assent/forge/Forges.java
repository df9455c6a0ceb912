package dev.assent.forge;

import dev.assent.observation.Observer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// Which adapter speaks with which forge.
public final class Forges {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Forges() {}

    /// The forge that settings name. Nothing is asked of it yet.
    public static Forge of(ForgeSettings settings) {
        return of(settings, InstantSource.system(), PATIENCE);
    }

    /// The same, with somebody who is told of each request that it is sent.
    ///
    /// @param repository whose pull requests are there
    public static Forge of(ForgeSettings settings, String repository, Observer observer) {
        var asking = new Asking(repository, settings.kind(), observer);
        return of(settings, InstantSource.system(), PATIENCE, asking);
    }

    /// Signs in to a forge and asks who we are there; nothing is changed.
    ///
    /// @throws ForgeException if it can't be reached or does not take us
    public static ForgeInspection inspect(ForgeSettings settings, Duration patience) {
        var clock = InstantSource.system();
        var asking = new Asking(settings.project(), settings.kind(), Observer.NOBODY);
        try (var forge = of(settings, clock, patience, asking)) {
            if (settings.app().isPresent()) return ofApp(settings, forge);
            var token =
                    switch (settings.kind()) {
                        case GITHUB -> token(settings, "Authorization", "Bearer ");
                        case GITEA -> token(settings, "Authorization", "token ");
                        case GITLAB -> token(settings, "PRIVATE-TOKEN", "");
                    };
            try (var rest = new Rest(settings, token, with(), clock, patience, asking)) {
                return ForgeInspection.with(rest, forge, settings.kind());
            }
        }
    }

    /// An App is given no token that may do less than was asked for.
    private static ForgeInspection ofApp(ForgeSettings settings, Forge forge) {
        forge.pullRequest(1);
        return new ForgeInspection(
                "the App " + settings.app().orElseThrow().id(),
                Right.WRITE,
                Optional.empty(),
                Optional.empty());
    }

    static Forge of(ForgeSettings settings, InstantSource clock, Duration patience) {
        var asking = new Asking(settings.project(), settings.kind(), Observer.NOBODY);
        return of(settings, clock, patience, asking);
    }

    private static Forge of(
            ForgeSettings settings, InstantSource clock, Duration patience, Asking asking) {
        return switch (settings.kind()) {
            case GITHUB -> gitHub(settings, clock, patience, asking);
            case GITEA -> gitea(settings, clock, patience, asking);
            case GITLAB -> gitLab(settings, clock, patience, asking);
        };
    }

    private static Forge gitHub(
            ForgeSettings settings, InstantSource clock, Duration patience, Asking asking) {
        var headers =
                with("Accept", "application/vnd.github+json", "X-GitHub-Api-Version", "2022-11-28");
        if (settings.app().isEmpty()) {
            var token = token(settings, "Authorization", "Bearer ");
            var rest = new Rest(settings, token, headers, clock, patience, asking);
            return new GitHub(rest, me(token, () -> login(rest, "login")), settings.project());
        }
        var app = settings.app().get();
        var asApp = new Rest(settings, new AppKey(app, clock), headers, clock, patience, asking);
        var token = new InstallationToken(asApp, app, settings.project(), clock);
        var rest = new Rest(settings, token, headers, clock, patience, asking);
        return new GitHub(rest, me(() -> "the App", token::login), settings.project());
    }

    private static Forge gitea(
            ForgeSettings settings, InstantSource clock, Duration patience, Asking asking) {
        var token = token(settings, "Authorization", "token ");
        var rest = new Rest(settings, token, with(), clock, patience, asking);
        return new Gitea(rest, me(token, () -> login(rest, "login")), settings.project());
    }

    private static Forge gitLab(
            ForgeSettings settings, InstantSource clock, Duration patience, Asking asking) {
        var token = token(settings, "PRIVATE-TOKEN", "");
        var rest = new Rest(settings, token, with(), clock, patience, asking);
        return new GitLab(rest, me(token, () -> login(rest, "username")), settings.project());
    }

    private static TokenFile token(ForgeSettings settings, String header, String scheme) {
        return new TokenFile(settings.tokenFile().orElseThrow(), header, scheme);
    }

    private static Map<String, String> with(String... headers) {
        var all = new HashMap<>(Map.of("User-Agent", "assent", "Accept", "application/json"));
        for (var i = 0; i < headers.length; i += 2) all.put(headers[i], headers[i + 1]);
        return all;
    }

    /// Whose token it is.
    private static String login(Rest rest, String field) {
        return rest.read(
                "/user",
                new Deed("asking whose token it is", "to read its own user"),
                (JsonNode json) -> new Told("a user", json).text(field));
    }

    /// The login that our comments have. It is asked for once, and again where another token is in
    /// the file.
    private static Supplier<String> me(TokenFile token, Supplier<String> login) {
        return me(() -> token.header().value(), login);
    }

    private static Supplier<String> me(Supplier<String> whose, Supplier<String> login) {
        var known = new AtomicReference<>(new Login("", ""));
        return () -> {
            var now = whose.get();
            var last = known.get();
            if (!last.name().isEmpty() && last.of().equals(now)) return last.name();
            var name = login.get();
            known.set(new Login(now, name));
            return name;
        };
    }

    private record Login(String of, String name) {}
}
