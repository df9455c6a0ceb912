package dev.assent.http;

import dev.assent.http.oidc.Verification;
import dev.assent.state.Recognised;
import dev.assent.state.TokenScope;
import dev.assent.state.TokenText;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Who comes in: requests that name this server by a name of its own, and to the API those that
/// bear a token that is good for what they ask.
final class Gate {

    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-fA-F:.]+]");
    private static final String BEARER = "bearer ";
    private static final String ATTRIBUTE = "assent.bearer";

    private final Supplier<Access> access;
    private final Desk desk;
    private final Set<String> ownNames;

    /// @param access how one comes in now
    /// @param host the name or address that the server listens at
    Gate(Supplier<Access> access, String host, Desk desk) {
        this.access = access;
        this.desk = desk;
        this.ownNames = Set.of(host.toLowerCase(Locale.ROOT), "localhost");
    }

    /// A page on the web can make a browser believe that the page's own host name has this server's
    /// address (DNS rebinding). It cannot make the browser send another name, and it cannot give an
    /// address another meaning: so addresses and known names pass, and nothing else.
    void checkHost(Context context) {
        var name = hostName(context);
        if (ADDRESS.matcher(name).matches() || isOurs(name)) return;
        throw new Refusal(
                421,
                "this server does not answer to the host name of the request",
                "ask for it by its address, as localhost, or by a name in `http.names` of its"
                        + " configuration");
    }

    /// The name that this server is asked by, without the port.
    static String hostName(Context context) {
        var host = Optional.ofNullable(context.header("Host")).orElse("");
        return host.replaceFirst(":[0-9]*$", "");
    }

    private boolean isOurs(String name) {
        return ownNames.contains(name.toLowerCase(Locale.ROOT))
                || access.get().names().stream().anyMatch(name::equalsIgnoreCase);
    }

    /// Lets in who bears a token that counts, and remembers which.
    void checkToken(Context context) {
        var header = Optional.ofNullable(context.header("Authorization")).orElse("");
        if (!header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            throw unknown(
                    context,
                    context.path().startsWith("/api")
                            ? "the API wants a token"
                            : "this wants a token");
        }
        context.attribute(ATTRIBUTE, recognise(context, header.substring(BEARER.length()).strip()));
    }

    /// Lets pass whose token is good for the route that was asked for.
    static void checkScope(Context context) {
        var route = Optional.ofNullable(context.endpoints().matchedHttpEndpoint());
        if (route.isEmpty()) {
            // HEAD, which the framework would answer by itself wherever there is a GET.
            throw new Refusal(405, "this path does not take " + context.method(), "ask with GET");
        }
        var needed = RouteScopes.of(route.get().method.name(), route.get().path);
        if (needed.isEmpty()) {
            throw new Refusal(403, "nobody may do this", "/api/v1/openapi.json lists what can be");
        }
        checkScope(bearer(context), needed.get());
    }

    /// Lets pass whose token includes a scope.
    static void checkScope(Bearer bearer, TokenScope needed) {
        if (bearer.scope().filter(it -> it.includes(needed)).isPresent()) return;
        throw new Refusal(
                403,
                "this needs the scope `%s`, and %s has %s"
                        .formatted(
                                needed.word(),
                                bearer.words(),
                                bearer.scope()
                                        .map(it -> "`" + it.word() + "`")
                                        .orElse("none: no group of theirs is in `oidc.scopes`")),
                "ask somebody whose token has that scope, or use such a token");
    }

    /// What the request bears, once it is let in.
    static Bearer bearer(Context context) {
        return Optional.<Bearer>ofNullable(context.attribute(ATTRIBUTE))
                .orElseThrow(() -> new IllegalStateException("nobody was let in"));
    }

    private Bearer recognise(Context context, String text) {
        var now = access.get();
        if (now.admin().is(text)) return new Bearer.Admin();
        if (text.startsWith(TokenText.MARK)) return local(context, text);
        if (now.oidc().isPresent() && text.contains(".")) {
            return switch (now.oidc().get().verify(text)) {
                case Verification.Accepted(var identity) -> new Bearer.Oidc(identity);
                case Verification.Refused(var why) -> throw unknown(context, why);
                case Verification.Unavailable(var why) -> {
                    context.header("Retry-After", "10");
                    throw new Refusal(503, why, "ask again in a moment, or use a token of Assent");
                }
            };
        }
        throw unknown(context, "the token is not this daemon's");
    }

    private Bearer local(Context context, String text) {
        return switch (desk.recognise(text)) {
            case Recognised.Valid(var token) -> new Bearer.Local(token);
            case Recognised.Expired(var name, var at) ->
                    throw unknown(context, over(name, "has expired, on", at));
            case Recognised.Revoked(var name, var at) ->
                    throw unknown(context, over(name, "was revoked, on", at));
            case Recognised.Unknown() -> throw unknown(context, "the token is not this daemon's");
        };
    }

    private static String over(String name, String what, Instant at) {
        return "the token `%s` %s %s".formatted(name, what, at.truncatedTo(ChronoUnit.SECONDS));
    }

    private static Refusal unknown(Context context, String why) {
        context.header("WWW-Authenticate", "Bearer realm=\"assent\"");
        return new Refusal(
                401,
                why,
                "send `Authorization: Bearer TOKEN`; `assent token create` makes one, and the admin"
                        + " token is in the file admin.token of the daemon's run folder");
    }

    /// Nothing that is answered here is for browsers to keep, guess the type of, or show in frames.
    static void addSecurityHeaders(Context context) {
        context.header("Cache-Control", "no-store");
        context.header("X-Content-Type-Options", "nosniff");
        context.header("X-Frame-Options", "DENY");
        context.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
        context.header("Referrer-Policy", "no-referrer");
    }
}
