package dev.assent.state;

import dev.assent.model.ApplicationName;
import dev.assent.plan.Digest;
import org.jdbi.v3.core.Handle;

/// The serial of each application: counts the changes to its record.
final class Serials {

    private Serials() {}

    static long of(Handle handle, ApplicationName application) {
        return handle.createQuery("SELECT serial FROM application WHERE name = :name")
                .bind("name", application.toString())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    /// Makes the application known, at serial 0, so that plans can refer to it.
    static void begin(Handle handle, ApplicationName application) {
        handle.createUpdate("INSERT INTO application (name) VALUES (:name) ON CONFLICT DO NOTHING")
                .bind("name", application.toString())
                .execute();
    }

    static void raise(Handle handle, ApplicationName application) {
        handle.createUpdate("UPDATE application SET serial = serial + 1 WHERE name = :name")
                .bind("name", application.toString())
                .execute();
    }

    /// Remembers with the plan that is being applied how it leaves the record: what it did itself
    /// is no reason why it could not be resumed.
    static void left(Handle handle, Digest plan) {
        handle.createUpdate(
                        """
                        UPDATE plan
                           SET left_serial = (SELECT serial
                                                FROM application
                                               WHERE name = plan.application)
                         WHERE digest = :digest\
                        """)
                .bind("digest", plan.toString())
                .execute();
    }
}
