package dev.assent.state;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionException;

/// A transaction that writes: it begins by waiting until no other node writes, so that decisions
/// are taken one at a time everywhere. Where the connection breaks while it commits, the server is
/// asked what became of it; nothing is written twice.
final class PostgresTransaction extends DelegatingTransactionHandler {

    /// `ASNT`: the lock that all nodes share.
    private static final long LOCK = 0x41534E54;

    private static final Duration PAUSE = Duration.ofMillis(100);

    /// A server that took another one's place begins a new timeline, in which the numbers of
    /// transactions mean others.
    private static final String BEGIN =
            """
            SELECT pg_advisory_xact_lock(:lock), txid_current() AS id,
                   substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) AS timeline\
            """;

    /// A statement of its own, so that it sees how things stand when the lock is had: the lease may
    /// have been renewed, or have run out, while others wrote.
    private static final String LIVES =
            """
            SELECT count(*)
              FROM lease
             WHERE name = :life AND until > extract(epoch FROM clock_timestamp()) * 1000\
            """;

    private static final String FATE =
            """
            SELECT txid_status(:id)
             WHERE substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) = :timeline\
            """;

    private final PostgresMedium medium;
    private final Jdbi jdbi;
    private final Optional<String> life;
    private Optional<Mark> mark = Optional.empty();
    private boolean isSettled;

    PostgresTransaction(PostgresMedium medium, Jdbi jdbi, Optional<String> life) {
        super(new LocalTransactionHandler());
        this.medium = medium;
        this.jdbi = jdbi;
        this.life = life;
    }

    /// What tells a transaction from all others.
    private record Mark(long id, String timeline) {}

    @Override
    public void begin(Handle handle) {
        super.begin(handle);
        mark =
                Optional.of(
                        handle.createQuery(BEGIN)
                                .bind("lock", LOCK)
                                .map((row, _) ->
                                        new Mark(row.getLong("id"), row.getString("timeline")))
                                .one());
        life.filter(it -> !lives(handle, it))
                .ifPresent(it -> {
                    throw new LifeOverException(it, medium);
                });
    }

    private static boolean lives(Handle handle, String life) {
        return handle.createQuery(LIVES).bind("life", Leases.LIFE + life).mapTo(Integer.class).one()
                > 0;
    }

    @Override
    public void commit(Handle handle) {
        try {
            handle.getConnection().commit();
        } catch (SQLException e) {
            var failed = new TransactionException("Failed to commit transaction", e);
            if (PostgresFailures.isLost(e)) settle(failed);
            else throw failed;
        }
        // Nothing is left to be committed: this only lets go of the connection.
        if (!isSettled) super.commit(handle);
    }

    @Override
    public void rollback(Handle handle) {
        if (!isSettled) super.rollback(handle);
    }

    @Override
    public boolean isInTransaction(Handle handle) {
        return !isSettled && super.isInTransaction(handle);
    }

    /// Returns if all was written, and fails if nothing was.
    private void settle(TransactionException lost) {
        switch (fate(System.nanoTime() + medium.recovery().toNanos(), lost)) {
            case "committed" -> isSettled = true;
            case "aborted" -> throw lost;
            default -> {
                isSettled = true;
                throw unknown(lost);
            }
        }
    }

    /// What became of the transaction, as soon as somebody answers; empty where nobody does, or
    /// knows.
    private String fate(long until, TransactionException lost) {
        while (true) {
            try {
                return fate().orElse("");
            } catch (JdbiException e) {
                if (System.nanoTime() > until) {
                    lost.addSuppressed(e);
                    return "";
                }
            }
            pause();
        }
    }

    /// What became of the transaction. Whoever gets the lock knows that it has ended.
    private Optional<String> fate() {
        var asked = mark.orElseThrow();
        try (var another = jdbi.open()) {
            return another.inTransaction(handle ->
                    handle.createQuery(FATE)
                            .bind("id", asked.id())
                            .bind("timeline", asked.timeline())
                            .mapTo(String.class)
                            .findOne());
        }
    }

    private StateException unknown(Throwable why) {
        return new StateException(
                "the connection to the record in %s was lost while it was being written, and nobody can tell yet whether it was. Look before you do it again: what was written is all there, or nothing is"
                        .formatted(medium),
                why);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
