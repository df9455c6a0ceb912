package dev.assent.state;

import com.zaxxer.hikari.HikariConfig;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// What the record is written on. All that differs between SQLite and PostgreSQL is here; the
/// statements are the same.
sealed interface Medium permits SqliteMedium, PostgresMedium {

    static Medium of(RecordPlace place) {
        return switch (place) {
            case RecordFile file -> new SqliteMedium(file.path());
            case RecordServer server -> new PostgresMedium(server);
        };
    }

    /// Keeps out whoever may not use it beside this process, until that is closed.
    ///
    /// @throws StateException if another process has it
    Hold hold();

    /// Sees to it that it is ours, whole, and of the newest schema.
    ///
    /// @param key what its secrets are to be opened with
    ///
    /// @throws StateException if it isn't; nothing was changed in it then
    void bringUpToDate(SecretKeyFile key);

    /// Connections that can write.
    HikariConfig writers();

    /// Connections for what is written beside all decisions, and waits for none; empty where
    /// nothing can be.
    Optional<HikariConfig> aside();

    /// Connections that can't, each of whose transactions sees one snapshot.
    HikariConfig readers();

    /// Teaches whoever uses its connections how it takes values, and how a transaction begins that
    /// no other one may run beside.
    ///
    /// @param life the life of this process in which it may write; empty where it shares the record
    ///   with nobody
    void prepareToWrite(Jdbi jdbi, Supplier<Optional<String>> life);

    /// Whether a process may begin its life on it: not while it is changed for a newer program. It
    /// is not changed until the transaction ends.
    ///
    /// @throws StateException if it was changed so since it was opened
    default boolean mayBegin(Handle handle) {
        return true;
    }

    /// What time it is for all who use it, in milliseconds since 1970.
    long now(Handle handle);

    /// Says in a sentence why it could not be used, and what to do.
    ///
    /// @param tried what was tried: read, write, open
    StateException failure(String tried, Throwable failure);

    /// Let go of when it is closed.
    interface Hold extends AutoCloseable {

        /// It was opened, and is written from now on.
        default void opened() {}

        /// It is about to be closed in order.
        default void closing() {}

        @Override
        void close();
    }
}
