package dev.assent.state;

import com.zaxxer.hikari.HikariConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/// A file of SQLite's. One connection alone can write, and its transactions begin with `BEGIN
/// IMMEDIATE`; what it wrote is on the disk when its commit returns.
record SqliteMedium(Path file) implements Medium {

    private static final int READERS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    SqliteMedium {
        file = file.toAbsolutePath().normalize();
    }

    @Override
    public Hold hold() {
        return DatabaseFile.own(file);
    }

    @Override
    public void bringUpToDate(SecretKeyFile key) {
        Schema.bringUpToDate(file, key);
    }

    @Override
    public HikariConfig writers() {
        var settings = new SQLiteConfig();
        settings.setJournalMode(JournalMode.WAL);
        settings.setSynchronous(SynchronousMode.FULL);
        settings.enforceForeignKeys(true);
        settings.setTransactionMode(TransactionMode.IMMEDIATE);
        var pool = pool(settings);
        pool.setMaximumPoolSize(1);
        return pool;
    }

    @Override
    public Optional<HikariConfig> aside() {
        return Optional.empty();
    }

    @Override
    public HikariConfig readers() {
        var settings = new SQLiteConfig();
        settings.setReadOnly(true);
        var pool = pool(settings);
        pool.setMaximumPoolSize(READERS);
        // The pool sets this on every connection anew, and the driver lets nobody change it.
        pool.setReadOnly(true);
        return pool;
    }

    private HikariConfig pool(SQLiteConfig settings) {
        settings.setBusyTimeout((int) PATIENCE.toMillis());
        var source = new SQLiteDataSource(settings);
        source.setUrl("jdbc:sqlite:" + file);
        var pool = new HikariConfig();
        pool.setDataSource(source);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(PATIENCE.toMillis());
        // A connection to a file does not grow old.
        pool.setMaxLifetime(0);
        return pool;
    }

    /// The connections are made so that there is nothing more to say.
    @Override
    public void prepareToWrite(Jdbi jdbi, Supplier<Optional<String>> life) {}

    @Override
    public long now(Handle handle) {
        return handle.createQuery("SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER)")
                .mapTo(Long.class)
                .one();
    }

    @Override
    public StateException failure(String tried, Throwable failure) {
        return Failures.describe(file, tried, failure);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
