package dev.assent.state;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.util.Credentials;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// A database of a PostgreSQL server, which other nodes may write too: each transaction that writes
/// begins by waiting for those of all others ([PostgresTransaction]).
///
/// @param recovery how long a server may need to recover: so long it is asked what became of a
///   transaction during which the connection broke
record PostgresMedium(RecordServer server, Duration recovery) implements Medium {

    private static final int READERS = 4;
    private static final Duration RECOVERY = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration CHECK = Duration.ofSeconds(2);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    PostgresMedium(RecordServer server) {
        this(server, RECOVERY);
    }

    @Override
    public Hold hold() {
        return () -> {};
    }

    @Override
    public void bringUpToDate(SecretKeyFile key) {
        PostgresSchema.bringUpToDate(server);
    }

    /// READ COMMITTED on purpose: a statement sees what was written while its transaction waited
    /// for its turn, and from then on nobody else writes.
    @Override
    public HikariConfig writers() {
        var pool = pool();
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        // Two, since the one that broke while it committed is asked after through another.
        pool.setMaximumPoolSize(2);
        return pool;
    }

    @Override
    public Optional<HikariConfig> aside() {
        var pool = writers();
        pool.setMaximumPoolSize(1);
        return Optional.of(pool);
    }

    @Override
    public HikariConfig readers() {
        var pool = pool();
        pool.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        pool.setReadOnly(true);
        pool.setMaximumPoolSize(READERS);
        return pool;
    }

    private HikariConfig pool() {
        var pool = new HikariConfig();
        pool.setDataSource(PostgresSource.toUse(server));
        pool.setCredentialsProvider(
                () -> Credentials.of(server.user(), PostgresSource.password(server).orElse(null)));
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(PATIENCE.toMillis());
        pool.setValidationTimeout(CHECK.toMillis());
        pool.setKeepaliveTime(KEEP_ALIVE.toMillis());
        return pool;
    }

    @Override
    public void prepareToWrite(Jdbi jdbi, Supplier<Optional<String>> life) {
        jdbi.registerArgument(new OneOrZero());
        jdbi.setTransactionHandler(new PostgresTransactions(this, jdbi, life));
    }

    @Override
    public boolean mayBegin(Handle handle) {
        return PostgresSchema.mayBegin(server, handle);
    }

    @Override
    public long now(Handle handle) {
        return handle.createQuery(
                        "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)")
                .mapTo(Long.class)
                .one();
    }

    @Override
    public StateException failure(String tried, Throwable failure) {
        return PostgresFailures.describe(server, tried, failure);
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
