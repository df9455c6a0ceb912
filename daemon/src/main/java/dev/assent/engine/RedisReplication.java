package dev.assent.engine;

import dev.assent.model.GroupCredentials;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/// Waits for replicas, and passes the primary server's part on to one of them.
final class RedisReplication {

    private static final Duration TO_BEGIN = Duration.ofSeconds(10);
    private static final Duration TO_CATCH_UP = Duration.ofMinutes(1);
    private static final Duration TO_COPY = Duration.ofMinutes(30);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private RedisReplication() {}

    /// Waits while a replica takes over all of its source's data, which may be much. One that does
    /// not begin says itself why, when it is asked.
    static void awaitCopy(Site replica, GroupCredentials credentials) {
        within(
                TO_BEGIN,
                () -> {
                    var state = RedisAdapter.state(replica, credentials);
                    return state.follows() || isUnderway(state);
                });
        if (!within(TO_COPY, () -> !isUnderway(RedisAdapter.state(replica, credentials)))) {
            throw new EngineException(
                    "%s is not copied after %d minutes"
                            .formatted(replica.endpoint(), TO_COPY.toMinutes()));
        }
    }

    private static boolean isUnderway(RedisState state) {
        return state.copies() || state.loads();
    }

    /// A user that is switched off cannot sign in any more, but whoever has signed in stays: so the
    /// connections go after it. Replicas keep theirs, and hear the rest. The offset grows on by the
    /// signs of life that the primary gives; so the heir has all when it has come to where the
    /// primary was after the last client had gone. Where that is, is asked anew each time: one that
    /// was started for this begins a new history when the first replica comes back to it.
    static void fence(Site primary, Site heir, GroupCredentials credentials) {
        RedisConnection.asAdmin(
                primary.endpoint(),
                credentials,
                "keep clients away",
                redis -> {
                    redis.aclSetUser(RedisUsers.APPLICATION, "off");
                    cutOff(redis, ClientType.NORMAL);
                    cutOff(redis, ClientType.PUBSUB);
                    return redis.ping();
                });
        if (!within(
                TO_CATCH_UP,
                () -> {
                    var written = RedisAdapter.state(primary, credentials);
                    return hasAll(RedisAdapter.state(heir, credentials), written);
                })) {
            throw new EngineException(
                    "%s has not caught up with %s within %d s"
                            .formatted(
                                    heir.endpoint(), primary.endpoint(), TO_CATCH_UP.toSeconds()));
        }
    }

    private static void cutOff(Jedis redis, ClientType clients) {
        redis.clientKill(new ClientKillParams().type(clients).skipMe(ClientKillParams.SkipMe.YES));
    }

    /// An offset says nothing in another history.
    static boolean hasAll(RedisState heir, RedisState primary) {
        return heir.follows()
                && heir.history().equals(primary.history())
                && heir.offset() >= primary.offset();
    }

    private static boolean within(Duration patience, BooleanSupplier condition) {
        var policy =
                RetryPolicy.<Boolean>builder()
                        .handleResult(false)
                        .withDelay(PAUSE)
                        .withMaxRetries(-1)
                        .withMaxDuration(patience)
                        .build();
        try {
            return Failsafe.with(policy).get(condition::getAsBoolean);
        } catch (FailsafeException e) {
            if (e.getCause() instanceof InterruptedException) Thread.currentThread().interrupt();
            throw new EngineException("it was interrupted", e);
        }
    }
}
