package dev.assent.engine;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/// Waits until PostgreSQL says that something is so.
final class PostgresWait {

    private static final Duration PAUSE = Duration.ofMillis(20);

    private PostgresWait() {}

    interface Condition {
        boolean holds() throws SQLException;
    }

    /// Whether it came to be so in time.
    static boolean until(Condition condition, Duration patience) throws SQLException {
        var policy =
                RetryPolicy.<Boolean>builder()
                        .handleResult(false)
                        .abortIf((_, failure) -> failure != null)
                        .withDelay(PAUSE)
                        .withMaxRetries(-1)
                        .withMaxDuration(patience)
                        .build();
        try {
            return Failsafe.with(policy).get(condition::holds);
        } catch (FailsafeException e) {
            if (e.getCause() instanceof SQLException refusal) throw refusal;
            if (e.getCause() instanceof InterruptedException) Thread.currentThread().interrupt();
            throw new EngineException("it was interrupted", e);
        }
    }

    interface Position {
        Optional<String> now() throws SQLException;
    }

    /// Whether it came to be so, however long that took while something came nearer to it.
    ///
    /// @param patience how long it may stand still
    static boolean whileMoving(Position position, Condition condition, Duration patience)
            throws SQLException {
        while (true) {
            var before = position.now();
            var changed =
                    until(() -> condition.holds() || !position.now().equals(before), patience);
            if (condition.holds()) return true;
            if (!changed) return false;
        }
    }
}
