package dev.assent.http;

import dev.assent.approval.Speaker;
import dev.assent.http.api.IssuedToken;
import dev.assent.http.api.TokenList;
import dev.assent.http.api.TokenRequest;
import dev.assent.http.api.TokenSummary;
import dev.assent.state.TokenIssue;
import dev.assent.state.TokenScope;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// The tokens that people and programs sign in with: made, listed, revoked. The text of one is sent
/// in one answer and never again.
final class TokenRoutes {

    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,7})([mhd])");
    private static final Duration USUAL = Duration.ofDays(90);
    private static final Duration LONGEST = Duration.ofDays(366);

    private final Desk desk;

    TokenRoutes(Desk desk) {
        this.desk = desk;
    }

    void register(RoutesConfig routes) {
        routes.get("/api/v1/tokens", this::list);
        routes.post("/api/v1/tokens", this::create);
        routes.delete("/api/v1/tokens/{name}", this::revoke);
    }

    private void list(Context context) {
        context.json(new TokenList(desk.tokens().stream().map(TokenSummary::of).toList()));
    }

    private void create(Context context) {
        var caller = Caller.of(context);
        var body = Question.body(context, TokenRequest.class);
        var issue =
                desk.createToken(
                        name(body.name(), "name"),
                        person(body.person()),
                        scope(body.scope()),
                        body.expires().map(TokenRoutes::valid).orElse(USUAL),
                        caller.who());
        switch (issue) {
            case TokenIssue.Issued(var token, var text) ->
                    context.json(new IssuedToken(TokenSummary.of(token), text.reveal()));
            case TokenIssue.Refused(var why) -> throw Refusal.refused(why);
        }
    }

    private void revoke(Context context) {
        var caller = Caller.of(context);
        var name = context.pathParam("name");
        context.json(
                desk.revokeToken(name, caller.who())
                        .map(TokenSummary::of)
                        .orElseThrow(() ->
                                Refusal.unknown(
                                        "there is no token `" + Question.printable(name) + "`",
                                        "`assent token list` lists those there are")));
    }

    private static String name(Optional<String> text, String field) {
        return text.filter(Caller::isName)
                .orElseThrow(() ->
                        Refusal.badRequest(
                                "`" + field + "` is missing or not a name",
                                "use letters, digits, `.`, `_`, `@` and `-`; at most 64"
                                        + " characters"));
    }

    /// Nobody else speaks as the admin token does, for policies.
    private static String person(Optional<String> text) {
        var person = name(text, "person");
        if (!person.equals(Speaker.ADMIN)) return person;
        throw Refusal.badRequest(
                "`admin` is no person but who holds the admin token",
                "name the person who will use this token");
    }

    private static TokenScope scope(Optional<String> word) {
        return word.flatMap(TokenScope::of)
                .orElseThrow(() ->
                        Refusal.badRequest(
                                "`scope` is missing or none that there is",
                                "write one of " + String.join(", ", TokenScope.words())));
    }

    private static Duration valid(String text) {
        var matcher = DURATION.matcher(text);
        if (matcher.matches()) {
            var number = Long.parseLong(matcher.group(1));
            var valid =
                    switch (matcher.group(2)) {
                        case "m" -> Duration.ofMinutes(number);
                        case "h" -> Duration.ofHours(number);
                        default -> Duration.ofDays(number);
                    };
            if (valid.compareTo(LONGEST) <= 0) return valid;
        }
        throw Refusal.badRequest(
                "`expires` is not a time that a token can be used for",
                "write 30m, 12h or 90d; at most 366d");
    }
}
