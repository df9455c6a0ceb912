package dev.assent.state;

import dev.assent.model.ApplicationName;
import dev.assent.model.GroupCredentials;
import dev.assent.model.Secret;
import dev.assent.plan.Change.AdoptGroup;
import dev.assent.plan.Digest;
import org.jdbi.v3.core.Handle;

/// With which passwords servers that Assent did not build are entered, from the request until it is
/// decided: each belongs to the one plan that it was checked for, and is encrypted at rest.
final class Adoptions {

    private final Seal seal;

    Adoptions(Seal seal) {
        this.seal = seal;
    }

    byte[] sealed(Secret password, ApplicationName application) {
        return seal.seal(password.reveal(), place(application));
    }

    static void keep(Handle handle, Digest plan, byte[] sealed) {
        handle.createUpdate(
                        """
                        INSERT INTO adoption (digest, password)
                        VALUES (:digest, :password)
                        ON CONFLICT (digest) DO UPDATE SET password = excluded.password\
                        """)
                .bind("digest", plan.toString())
                .bind("password", sealed)
                .execute();
    }

    /// A plan takes another one's place: what was kept is kept for it.
    static void handOver(Handle handle, Digest from, Digest to) {
        handle.createUpdate(
                        """
                        INSERT INTO adoption (digest, password)
                        SELECT :to, password
                          FROM adoption
                         WHERE digest = :from
                        ON CONFLICT (digest) DO NOTHING\
                        """)
                .bind("from", from.toString())
                .bind("to", to.toString())
                .execute();
    }

    static void forget(Handle handle, Digest plan) {
        handle.createUpdate("DELETE FROM adoption WHERE digest = :digest")
                .bind("digest", plan.toString())
                .execute();
    }

    /// Whom an adopted server knows. Assent itself has no user of its own there.
    ///
    /// @throws StateException if nothing was kept for that plan
    GroupCredentials of(Handle handle, Approval approval, AdoptGroup adopt) {
        var password =
                handle.createQuery("SELECT password FROM adoption WHERE digest = :digest")
                        .bind("digest", approval.digest().toString())
                        .map((row, _) -> row.getBytes("password"))
                        .findOne()
                        .orElseThrow(() ->
                                new StateException(
                                        "nobody knows any more how to enter %s; nothing was written. Reject %s and ask for the adoption again"
                                                .formatted(adopt.group(), approval.digest().id())));
        return new GroupCredentials(
                Secret.of(""),
                adopt.username(),
                adopt.database(),
                Secret.of(seal.open(password, place(approval.plan().application()))),
                Secret.of(""));
    }

    private static String place(ApplicationName application) {
        return "adoption/" + application;
    }
}
