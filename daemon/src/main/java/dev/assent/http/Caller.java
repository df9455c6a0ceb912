package dev.assent.http;

import dev.assent.approval.Channel;
import dev.assent.approval.Speaker;
import dev.assent.state.TokenScope;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Who asks. A token speaks for its person; only the admin token's holder can give a name in
/// `Assent-User`, which is informative: whoever holds that token can give any.
record Caller(Speaker speaker) {

    static final String USER_HEADER = "Assent-User";

    /// What the command line calls itself.
    static final String COMMAND_LINE = "assent-cli";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    static Caller of(Context context) {
        var channel = channel(context);
        return new Caller(
                switch (Gate.bearer(context)) {
                    case Bearer.Admin() -> Speaker.admin(user(context), channel);
                    case Bearer.Local(var token) ->
                            new Speaker(
                                    token.person(),
                                    token.person(),
                                    with(
                                            new TreeSet<>(),
                                            token.scope().includes(TokenScope.APPROVE)),
                                    channel,
                                    Optional.empty());
                    case Bearer.Oidc(var identity) ->
                            new Speaker(
                                    identity.who(),
                                    identity.person(),
                                    with(
                                            identity.groups(),
                                            identity.scope()
                                                    .filter(it -> it.includes(TokenScope.APPROVE))
                                                    .isPresent()),
                                    channel,
                                    Optional.empty());
                });
    }

    private static SortedSet<String> with(SortedSet<String> groups, boolean approves) {
        var all = new TreeSet<>(groups);
        if (approves) all.add(Speaker.TOKEN_APPROVE);
        return all;
    }

    String who() {
        return speaker.who();
    }

    private static Channel channel(Context context) {
        var agent = Optional.ofNullable(context.userAgent()).orElse("");
        return agent.startsWith(COMMAND_LINE + "/") ? Channel.CLI : Channel.API;
    }

    private static String user(Context context) {
        var user = Optional.ofNullable(context.header(USER_HEADER)).orElse(AdminToken.NAME);
        if (isName(user)) return user;
        throw Refusal.badRequest(
                "the header " + USER_HEADER + " does not hold a name",
                "use letters, digits, `.`, `_`, `@` and `-`; at most 64 characters");
    }
}
