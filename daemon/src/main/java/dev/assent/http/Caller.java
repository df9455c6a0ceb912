package dev.assent.http;

import dev.assent.approval.Channel;
import dev.assent.approval.Speaker;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who asks.
///
/// @param who the token's name, or the name that the admin token's holder gives in `Assent-User`;
///   the latter is informative: whoever holds the token can give any name
/// @param channel where it was said
record Caller(String who, Channel channel) {

    static final String USER_HEADER = "Assent-User";

    /// What the command line calls itself.
    static final String COMMAND_LINE = "assent-cli";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    static Caller of(Context context) {
        var user = Optional.ofNullable(context.header(USER_HEADER)).orElse(AdminToken.NAME);
        if (!isName(user)) {
            throw Refusal.badRequest(
                    "the header " + USER_HEADER + " does not hold a name",
                    "use letters, digits, `.`, `_`, `@` and `-`; at most 64 characters");
        }
        var agent = Optional.ofNullable(context.userAgent()).orElse("");
        return new Caller(user, agent.startsWith(COMMAND_LINE + "/") ? Channel.CLI : Channel.API);
    }

    Speaker speaker() {
        return Speaker.admin(who, channel);
    }
}
