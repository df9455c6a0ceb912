package dev.assent.engine;

import dev.assent.model.ServerKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The number by which servers that follow one another tell whose a change is. It is the same as
/// long as the server has its name, and another one for every other server: of a thousand servers,
/// two have the same in one of ten thousand installations.
final class MysqlServerId {

    private MysqlServerId() {}

    static long of(ServerKey server) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(server.toString().getBytes(StandardCharsets.UTF_8));
            return Math.max(1, Integer.toUnsignedLong(ByteBuffer.wrap(digest).getInt()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
