package dev.assent.state;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// How it stands with those who carry letters, inside one transaction.
record RecipientRows(Handle handle) {

    void answers(String name) {
        handle.createUpdate(
                        """
                        UPDATE recipient
                           SET failures = 0, failing_since = NULL, paused_until = NULL
                         WHERE name = :name AND failures > 0\
                        """)
                .bind("name", name)
                .execute();
    }

    void fails(String name, Instant now, Instant until) {
        handle.createUpdate(
                        """
                        INSERT INTO recipient (name, failures, failing_since, paused_until)
                        VALUES (:name, 1, :now, :until)
                        ON CONFLICT (name) DO UPDATE
                           SET failures = recipient.failures + 1, paused_until = excluded.paused_until,
                               failing_since = coalesce(recipient.failing_since, excluded.failing_since)\
                        """)
                .bind("name", name)
                .bind("now", now.toString())
                .bind("until", until.toString())
                .execute();
    }

    int failures(String name) {
        return handle.createQuery("SELECT failures FROM recipient WHERE name = :name")
                .bind("name", name)
                .mapTo(Integer.class)
                .findOne()
                .orElse(0);
    }

    Optional<Instant> failingSince(String name) {
        return handle.createQuery(
                        """
                        SELECT failing_since
                          FROM recipient
                         WHERE name = :name AND failing_since IS NOT NULL\
                        """)
                .bind("name", name)
                .mapTo(String.class)
                .findOne()
                .map(Instant::parse);
    }

    Optional<Long> heard(String name) {
        return handle.createQuery(
                        "SELECT heard FROM recipient WHERE name = :name AND heard IS NOT NULL")
                .bind("name", name)
                .mapTo(Long.class)
                .findOne();
    }

    /// From now on the recipient hears of what happens.
    long join(String name) {
        var newest =
                handle.createQuery("SELECT coalesce(max(number), 0) FROM audit")
                        .mapTo(Long.class)
                        .one();
        heard(name, newest);
        return newest;
    }

    void heard(String name, long upTo) {
        handle.createUpdate(
                        """
                        INSERT INTO recipient (name, heard)
                        VALUES (:name, :upTo)
                        ON CONFLICT (name) DO UPDATE
                           SET heard = excluded.heard\
                        """)
                .bind("name", name)
                .bind("upTo", upTo)
                .execute();
    }
}
