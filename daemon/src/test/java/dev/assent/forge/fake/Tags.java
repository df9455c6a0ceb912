package dev.assent.forge.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// Gives answers a tag, and says 304 to whoever has the same one.
final class Tags {

    private Tags() {}

    static Reply tagged(Call call, Reply reply) {
        if (!call.method().equals("GET") || reply.status() != 200) return reply;
        var tag = "W/\"" + hash(reply.body() + reply.headers().get("Link")) + "\"";
        return call.header("If-none-match").equals(Optional.of(tag))
                ? new Reply(304, "", Map.of("ETag", tag))
                : reply.with("ETag", tag);
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
