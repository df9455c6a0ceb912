package dev.assent.state;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.assent.failpoint.Failpoint;
import dev.assent.observation.Observation.StoreUsed;
import dev.assent.observation.Observation.Use;
import dev.assent.observation.Observer;
import dev.assent.observation.Stopwatch;
import dev.assent.state.Queue.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;

/// The one writer and the readers of the record's database. Who wants to change the record waits
/// for its turn, gets one transaction for one decision, and what it wrote is on the disk when the
/// call returns. Readers never wait: each sees one consistent snapshot, through connections that
/// cannot write.
final class Database implements AutoCloseable {

    private static final String DECISION = "decision";

    /// One for all: it takes a while to read a statement, and it remembers those that it has read.
    private static final SqlParser PARSER = new ColonPrefixSqlParser();

    private final Medium medium;
    private final Observer observer;
    private final HikariDataSource writer;
    private final HikariDataSource readers;
    private final Jdbi writing;
    private final Jdbi reading;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Queue queue = new Queue();

    /// The transaction of the thread whose turn it is.
    private Optional<Handle> current = Optional.empty();

    /// The same, where its decisions can join it.
    private Optional<Handle> together = Optional.empty();

    private final AtomicReference<Optional<HikariDataSource>> aside =
            new AtomicReference<>(Optional.empty());

    /// This process's life among those that share the record.
    private volatile Optional<String> life = Optional.empty();

    private Database(
            Medium medium, Observer observer, HikariDataSource writer, HikariDataSource readers) {
        this.medium = medium;
        this.observer = observer;
        this.writer = writer;
        this.readers = readers;
        this.writing = jdbi(writer);
        this.reading = jdbi(readers);
        medium.prepareToWrite(writing, () -> life);
    }

    private static Jdbi jdbi(HikariDataSource pool) {
        return Jdbi.create(pool).configure(SqlStatements.class, it -> it.setSqlParser(PARSER));
    }

    /// The file exists and has the newest schema: see [Schema].
    static Database open(Path file) {
        return open(new SqliteMedium(file), Observer.NOBODY);
    }

    /// A database that has the newest schema, with somebody who is told of what is read and
    /// written.
    static Database open(Medium medium, Observer observer) {
        try {
            var writer = pool("state-writer", medium.writers());
            try {
                return new Database(
                        medium, observer, writer, pool("state-readers", medium.readers()));
            } catch (RuntimeException e) {
                writer.close();
                throw e;
            }
        } catch (StateException e) {
            throw e;
        } catch (RuntimeException e) {
            throw medium.failure("open", e);
        }
    }

    private static HikariDataSource pool(String name, HikariConfig settings) {
        settings.setPoolName(name);
        return new HikariDataSource(settings);
    }

    Medium medium() {
        return medium;
    }

    /// Takes one decision: everything that is read and written in it is one transaction, and no
    /// other decision happens in between on any node. Those that wait at the same moment share a
    /// transaction, and so the time that the disk takes: see [Queue].
    <T> T write(Function<Handle, T> decision) {
        if (turn.isHeldByCurrentThread() && together.isPresent()) {
            return decide(together.get(), decision);
        }
        refuseInside();
        Failpoint.STATE_BEFORE_WRITE.reached(this::full);
        var waiting = Stopwatch.start();
        var mine = queue.add(decision);
        var hasTurn = awaitTurn(mine);
        var waited = waiting.time();
        var writes = Stopwatch.start();
        if (hasTurn) {
            try {
                while (!mine.isTaken()) queue.take(this::transaction);
            } finally {
                giveTurn();
            }
        }
        observer.saw(new StoreUsed(Use.WRITE, waited, writes.time()));
        try {
            return mine.result();
        } catch (JdbiException e) {
            throw medium.failure("write", e);
        }
    }

    private void transaction(Consumer<Handle> decisions) {
        writing.useTransaction(handle -> {
            current = Optional.of(handle);
            try {
                decisions.accept(handle);
            } finally {
                current = Optional.empty();
            }
            Failpoint.STATE_BEFORE_COMMIT.reached(Failures::full);
        });
        Failpoint.STATE_AFTER_COMMIT.reached();
    }

    private StateException full(String why) {
        return medium.failure("write", Failures.full(why));
    }

    /// [#write] where there is nothing to tell afterwards.
    void change(Consumer<Handle> decision) {
        write(handle -> {
            decision.accept(handle);
            return true;
        });
    }

    /// Takes many decisions in one transaction, as they would be taken one by one: each finds what
    /// those before it wrote, and one that fails leaves nothing behind. Only whether they are on
    /// the disk is known no sooner than at the end, when all are; and nobody else decides
    /// meanwhile.
    void together(Runnable decisions) {
        var waiting = Stopwatch.start();
        takeTurn();
        var waited = waiting.time();
        var writes = Stopwatch.start();
        try {
            // Who comes back at once with many more must not be the only one who ever writes.
            if (queue.isWaitedIn()) queue.take(this::transaction);
            transaction(handle -> {
                together = Optional.of(handle);
                try {
                    decisions.run();
                } finally {
                    together = Optional.empty();
                }
            });
        } catch (JdbiException e) {
            throw medium.failure("write", e);
        } finally {
            giveTurn();
            observer.saw(new StoreUsed(Use.BATCH, waited, writes.time()));
        }
    }

    private <T> T decide(Handle handle, Function<Handle, T> decision) {
        // While it is being taken, there is none that another could join.
        together = Optional.empty();
        try {
            handle.savepoint(DECISION);
            try {
                var result = decision.apply(handle);
                handle.releaseSavepoint(DECISION);
                return result;
            } catch (RuntimeException e) {
                handle.rollbackToSavepoint(DECISION);
                throw e;
            }
        } catch (JdbiException e) {
            throw medium.failure("write", e);
        } finally {
            together = Optional.of(handle);
        }
    }

    /// Whether it is the one who asks that writes now.
    boolean isBeingWritten() {
        return turn.isHeldByCurrentThread();
    }

    private void takeTurn() {
        refuseInside();
        turn.lock();
    }

    /// Waits until whoever has the turn has taken a decision along, or has given it back.
    ///
    /// @return whether it has the turn now
    private boolean awaitTurn(Waiting<?> mine) {
        while (!mine.isTaken()) {
            if (takeTurnIfFree()) return true;
            mine.await();
        }
        return false;
    }

    /// Takes the turn, unless somebody has it or waits for it with more than one decision.
    ///
    /// @return whether it has it now
    private boolean takeTurnIfFree() {
        try {
            return turn.tryLock(0, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            // Whoever is interrupted writes all the same: it has been told that it can.
            var mine = turn.tryLock();
            Thread.currentThread().interrupt();
            return mine;
        }
    }

    private void giveTurn() {
        turn.unlock();
        queue.wakeFirst();
    }

    private void refuseInside() {
        if (turn.isHeldByCurrentThread()) {
            throw new IllegalStateException("a decision cannot be taken inside another one");
        }
    }

    /// Looks at one snapshot of the record; inside a transaction, at what it has made of it so far.
    <T> T read(Function<Handle, T> question) {
        if (turn.isHeldByCurrentThread() && current.isPresent()) {
            return ask(() -> question.apply(current.get()));
        }
        var reads = Stopwatch.start();
        try {
            return ask(() -> reading.inTransaction(question::apply));
        } finally {
            observer.saw(new StoreUsed(Use.READ, Duration.ZERO, reads.time()));
        }
    }

    private <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (JdbiException e) {
            throw medium.failure("read", e);
        }
    }

    /// Writes something without waiting for its turn: each of its statements has to be right by
    /// itself, whatever others decide meanwhile.
    <T> T aside(Function<Handle, T> work) {
        var beside = aside.updateAndGet(it -> it.isPresent() ? it : openAside());
        if (beside.isEmpty()) return write(work);
        try {
            return jdbi(beside.get()).inTransaction(work::apply);
        } catch (JdbiException e) {
            throw medium.failure("write", e);
        }
    }

    private Optional<HikariDataSource> openAside() {
        return medium.aside().map(it -> pool("state-aside", it));
    }

    /// From now on only what happens in this life is written.
    void live(String holder) {
        life = Optional.of(holder);
    }

    /// This process's life; empty where it shares the record with nobody.
    Optional<String> life() {
        return life;
    }

    /// What time it is for all who share the record, in milliseconds since 1970.
    long now(Handle handle) {
        return medium.now(handle);
    }

    /// Whether something can be written now, by writing it.
    ///
    /// @param patience how long to wait for who writes now
    /// @return why not, in a sentence
    Optional<String> trouble(Duration patience, Consumer<Handle> something) {
        try {
            if (!turn.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                queue.wakeFirst();
                return Optional.of(
                        "the record in %s is being written by somebody who takes longer than %s; look at the disk"
                                .formatted(medium, patience.toMillis() / 1000.0 + " s"));
            }
        } catch (InterruptedException e) {
            queue.wakeFirst();
            Thread.currentThread().interrupt();
            return Optional.of("interrupted while the record was looked at");
        }
        try {
            writing.useTransaction(something::accept);
            return Optional.empty();
        } catch (JdbiException e) {
            return Optional.of(String.valueOf(medium.failure("write", e).getMessage()));
        } catch (StateException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } finally {
            giveTurn();
        }
    }

    /// Waits for the decision that is being written.
    @Override
    public void close() {
        turn.lock();
        try {
            aside.get().ifPresent(HikariDataSource::close);
            readers.close();
            // Last, so that its connection folds the write-ahead log into the file.
            writer.close();
        } finally {
            giveTurn();
        }
    }
}
