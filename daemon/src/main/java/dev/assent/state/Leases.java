package dev.assent.state;

import java.time.Duration;
import java.util.Optional;

/// What only one node may do at a time, and which one does it. A node that does not renew its lease
/// in time may lose it to another; a token that rises with every such change tells the two apart.
/// The time is the record's own, so that the nodes' clocks need not agree.
public final class Leases {

    private final Database database;

    Leases(Database database) {
        this.database = database;
    }

    /// Takes a lease that is free, has run out, or is this holder's already.
    ///
    /// @param holder a node, in one of its lives
    /// @param term how long it is this holder's without being renewed
    /// @return the token; empty where another one has it
    public Optional<Long> take(String name, String holder, Duration term) {
        return database.write(handle -> {
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
        });
    }

    /// Lets go of all leases of a holder that ends: others need not wait until they run out.
    public void releaseAll(String holder) {
        database.change(handle ->
                handle.createUpdate("UPDATE lease SET until = 0 WHERE holder = :holder")
                        .bind("holder", holder)
                        .execute());
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
}
