package dev.assent.engine;

import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.Secret;
import java.util.function.Function;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/// Opens a connection to a Redis server for one errand. What goes wrong is an [EngineException],
/// whose message is the server's or the network's and holds no password.
final class RedisConnection {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int ANSWER_MILLIS = 5_000;

    private RedisConnection() {}

    static <T> T asAdmin(
            Endpoint endpoint, GroupCredentials credentials, String errand, Function<Jedis, T> go) {
        return on(endpoint, as(RedisUsers.ADMIN, credentials.admin()), errand, go);
    }

    /// As the application's user, on a server that Assent did not build.
    static <T> T asGuest(
            Endpoint endpoint, GroupCredentials credentials, String errand, Function<Jedis, T> go) {
        return on(endpoint, as(RedisUsers.APPLICATION, credentials.password()), errand, go);
    }

    private static <T> T on(
            Endpoint endpoint,
            DefaultJedisClientConfig config,
            String errand,
            Function<Jedis, T> go) {
        try (var jedis = new Jedis(new HostAndPort(endpoint.host(), endpoint.port()), config)) {
            return go.apply(jedis);
        } catch (JedisException e) {
            throw new EngineException(
                    "could not %s at %s: %s".formatted(errand, endpoint, reason(e)), e);
        }
    }

    /// What lies beneath says more than `Failed to connect to host`.
    private static String reason(JedisException e) {
        var cause = e.getCause();
        return cause == null || cause.getMessage() == null
                ? String.valueOf(e.getMessage())
                : cause.getMessage();
    }

    /// The protocol that every version speaks, and nothing said about the library: a server that is
    /// asked often has nothing else to answer.
    private static DefaultJedisClientConfig as(String user, Secret password) {
        return DefaultJedisClientConfig.builder()
                .resp2()
                .autoNegotiateProtocol(false)
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .connectionTimeoutMillis(CONNECT_MILLIS)
                .socketTimeoutMillis(ANSWER_MILLIS)
                .user(user)
                .password(password.reveal())
                .build();
    }
}
