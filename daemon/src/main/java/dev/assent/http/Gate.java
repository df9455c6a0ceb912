package dev.assent.http;

import io.javalin.http.Context;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Who comes in: requests that name this server by a name of its own, and to the API those that
/// bear the token.
final class Gate {

    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-fA-F:.]+]");
    private static final String BEARER = "bearer ";

    private final AdminToken token;
    private final Set<String> names;

    /// @param names host names that the server is known by, beside `localhost`
    Gate(AdminToken token, Set<String> names) {
        this.token = token;
        this.names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        this.names.addAll(names);
        this.names.add("localhost");
    }

    /// A page on the web can make a browser believe that the page's own host name has this server's
    /// address (DNS rebinding). It cannot make the browser send another name, and it cannot give an
    /// address another meaning: so addresses and known names pass, and nothing else.
    void checkHost(Context context) {
        var host = Optional.ofNullable(context.header("Host")).orElse("");
        var name = host.replaceFirst(":[0-9]*$", "");
        if (ADDRESS.matcher(name).matches() || names.contains(name)) return;
        throw new Refusal(
                421,
                "this server does not answer to the host name of the request",
                "ask for it by its address or as localhost");
    }

    void checkToken(Context context) {
        var header = Optional.ofNullable(context.header("Authorization")).orElse("");
        var bears = header.toLowerCase(Locale.ROOT).startsWith(BEARER);
        if (bears && token.is(header.substring(BEARER.length()).strip())) return;
        context.header("WWW-Authenticate", "Bearer realm=\"assent\"");
        throw new Refusal(
                401,
                bears ? "the token is not this daemon's" : "the API wants a token",
                "send `Authorization: Bearer TOKEN`; the admin token is in the file admin.token of"
                        + " the daemon's run folder");
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
