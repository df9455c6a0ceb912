package dev.assent.state;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Which of the nodes that share a record live, and what only one of them may do at a time. A
/// node's life is a lease that it renews; when that has run out the life is over for good, and
/// everything else that it held is free. The time is the record's own, so that the nodes' clocks
/// need not agree. What is renewed waits for no decision, however long that takes.
public final class Leases {

    /// What only one node does for all: whoever has this lease does it.
    public static final String DUTIES = "duties";

    /// What the lease of a life is called, before its holder.
    static final String LIFE = "node/";

    /// Less than a term: the life that begins must not be over by then.
    private static final RetryPolicy<Boolean> PATIENCE =
            RetryPolicy.<Boolean>builder()
                    .handleIf((begun, failure) -> failure == null && !begun)
                    .withDelay(Duration.ofMillis(100))
                    .withMaxRetries(-1)
                    .withMaxDuration(Duration.ofSeconds(3))
                    .build();

    private final Database database;

    Leases(Database database) {
        this.database = database;
    }

    /// A node that lives.
    ///
    /// @param holder the node, in its present life: `one (process 17, life 0c6f1a2b)`
    /// @param onDuty whether it does what one node does for all
    /// @param own whether it is this process
    public record Node(String holder, boolean onDuty, boolean own) {}

    /// Begins this process's life on the record. From now on nothing that it does is written when
    /// that is over.
    ///
    /// @param holder a name that no other life ever had
    ///
    /// @throws StateException if the record is being changed for a newer program, or was since it
    ///   was opened
    public void begin(String holder, Duration term) {
        if (!Failsafe.with(PATIENCE).get(() -> begun(holder, term))) {
            throw new StateException(
                    "%s is being brought up to date by a newer assent; start this node again when that is done, in the same version"
                            .formatted(database.medium()));
        }
        database.live(holder);
    }

    private boolean begun(String holder, Duration term) {
        return database.aside(handle ->
                database.medium().mayBegin(handle)
                        && handle.createUpdate(
                                                """
                                                INSERT INTO lease (name, holder, token, until)
                                                VALUES (:name, :holder, 1, :until)\
                                                """)
                                        .bind("name", LIFE + holder)
                                        .bind("holder", holder)
                                        .bind("until", database.now(handle) + term.toMillis())
                                        .execute()
                                > 0);
    }

    /// Prolongs this process's life, unless it is over.
    ///
    /// @return whether it goes on; it never begins again
    public boolean renew(Duration term) {
        return database.aside(handle -> renew(handle, own(), term));
    }

    /// Prolongs this process's life, and takes a lease for the same time where that is free.
    ///
    /// @return whether it has that lease; empty where its life is over
    public Optional<Boolean> renewAndTake(String name, Duration term) {
        return database.aside(handle ->
                renew(handle, own(), term)
                        ? Optional.of(take(handle, name, own(), term).isPresent())
                        : Optional.empty());
    }

    private boolean renew(Handle handle, String holder, Duration term) {
        var now = database.now(handle);
        return handle.createUpdate(
                                """
                                UPDATE lease
                                   SET until = :until
                                 WHERE name = :name AND until > :now\
                                """)
                        .bind("name", LIFE + holder)
                        .bind("now", now)
                        .bind("until", now + term.toMillis())
                        .execute()
                > 0;
    }

    private String own() {
        return database.life()
                .orElseThrow(() -> new IllegalStateException("this process shares no record"));
    }

    /// Takes a lease that is free, has run out, or is this holder's already.
    ///
    /// @param holder a node, in one of its lives
    /// @param term how long it is this holder's without being renewed
    /// @return the token, which rises whenever another one gets it; empty where another one has it
    public Optional<Long> take(String name, String holder, Duration term) {
        return database.aside(handle -> take(handle, name, holder, term));
    }

    private Optional<Long> take(Handle handle, String name, String holder, Duration term) {
        var now = database.now(handle);
        return handle.createQuery(
                        """
                           INSERT INTO lease (name, holder, token, until)
                           VALUES (:name, :holder, 1, :until)
                               ON CONFLICT (name)
                               DO UPDATE
                              SET holder = excluded.holder,
                                  until = excluded.until,
                                  token = CASE WHEN lease.holder = excluded.holder
                                               THEN lease.token
                                               ELSE lease.token + 1 END
                            WHERE lease.holder = excluded.holder OR lease.until <= :now
                        RETURNING token\
                        """)
                .bind("name", name)
                .bind("holder", holder)
                .bind("now", now)
                .bind("until", now + term.toMillis())
                .mapTo(Long.class)
                .findOne();
    }

    /// Takes something that is this process's until it lets go of it or its life is over. Where the
    /// record is one process's alone there is nobody to keep from it.
    ///
    /// @return who has it; empty where it is this process's now
    public Optional<String> takeForLife(String name) {
        if (database.life().isEmpty()) return Optional.empty();
        return database.write(handle -> {
            var holder = holderForLife(handle, name);
            if (holder.isPresent()) return holder;
            handle.createUpdate(
                            """
                            INSERT INTO lease (name, holder, token, until)
                            VALUES (:name, :holder, 1, 0)
                                ON CONFLICT (name)
                                DO UPDATE
                               SET holder = excluded.holder, token = lease.token + 1\
                            """)
                    .bind("name", name)
                    .bind("holder", own())
                    .execute();
            return Optional.empty();
        });
    }

    private Optional<String> holderForLife(Handle handle, String name) {
        return handle.createQuery(
                        """
                        SELECT taken.holder
                          FROM lease taken
                          JOIN lease life ON life.name = :life || taken.holder
                         WHERE taken.name = :name AND life.until > :now\
                        """)
                .bind("name", name)
                .bind("life", LIFE)
                .bind("now", database.now(handle))
                .mapTo(String.class)
                .findOne();
    }

    /// Lets go of what was taken with [#takeForLife].
    public void leave(String name) {
        if (database.life().isEmpty()) return;
        database.change(handle ->
                handle.createUpdate("DELETE FROM lease WHERE name = :name AND holder = :holder")
                        .bind("name", name)
                        .bind("holder", own())
                        .execute());
    }

    /// Ends a life: others need not wait until its leases run out.
    public void releaseAll(String holder) {
        database.change(handle -> {
            handle.createUpdate("UPDATE lease SET until = 0 WHERE holder = :holder")
                    .bind("holder", holder)
                    .execute();
            handle.createUpdate("DELETE FROM lease WHERE name = :name")
                    .bind("name", LIFE + holder)
                    .execute();
        });
    }

    /// Forgets lives that are over, and what was theirs.
    public void tidy() {
        database.change(handle -> {
            handle.createUpdate("DELETE FROM lease WHERE name LIKE 'node/%' AND until <= :now")
                    .bind("now", database.now(handle))
                    .execute();
            handle.createUpdate(
                            """
                            DELETE FROM lease
                             WHERE until = 0 AND name <> :duties
                               AND NOT EXISTS (SELECT 1
                                                 FROM lease life
                                                WHERE life.name = 'node/' || lease.holder)\
                            """)
                    .bind("duties", DUTIES)
                    .execute();
        });
    }

    /// Who has a lease now.
    public Optional<String> holder(String name) {
        return database.read(handle ->
                handle.createQuery(
                                """
                                SELECT holder
                                  FROM lease
                                 WHERE name = :name AND until > :now\
                                """)
                        .bind("name", name)
                        .bind("now", database.now(handle))
                        .mapTo(String.class)
                        .findOne());
    }

    /// The nodes that live, by name; none where the record is one daemon's alone.
    public List<Node> nodes() {
        return database.read(handle ->
                handle.createQuery(
                                """
                                SELECT life.holder, duties.holder IS NOT NULL AS on_duty
                                  FROM lease life
                                  LEFT JOIN lease duties
                                    ON duties.name = :duties AND duties.until > :now
                                       AND duties.holder = life.holder
                                 WHERE life.name LIKE 'node/%' AND life.until > :now
                                 ORDER BY life.holder\
                                """)
                        .bind("duties", DUTIES)
                        .bind("now", database.now(handle))
                        .map((row, _) -> node(row.getString("holder"), row.getBoolean("on_duty")))
                        .list());
    }

    private Node node(String holder, boolean onDuty) {
        return new Node(holder, onDuty, database.life().equals(Optional.of(holder)));
    }

    /// The nodes that live, each in its present life.
    public Set<String> living() {
        return nodes().stream().map(Node::holder).collect(Collectors.toSet());
    }
}
