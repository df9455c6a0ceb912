package dev.assent.state;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Where the audit trail ends, as it was written with its last entry.
///
/// @param sealedFrom the first entry that bears a seal
/// @param cutAt the first entry that was missing, or not ours, when another one was written; once
///   found it is never forgotten
record AuditHead(long number, String hash, long sealedFrom, Optional<Long> cutAt) {

    /// One that stands in the database, with its seal.
    record Stored(AuditHead head, Optional<String> seal) {

        boolean isOurs(Signet signet) {
            return signet.fits(Signet.Kind.HEAD, head.text(), seal);
        }
    }

    static Optional<Stored> read(Handle handle) {
        return handle.createQuery("SELECT * FROM audit_head")
                .map((row, _) -> stored(row))
                .findOne();
    }

    /// The head in a row that has its columns.
    static Stored stored(ResultSet row) throws SQLException {
        var cut = row.getLong("cut_at");
        var none = row.wasNull();
        return new Stored(
                new AuditHead(
                        row.getLong("number"),
                        row.getString("hash"),
                        row.getLong("sealed_from"),
                        none ? Optional.empty() : Optional.of(cut)),
                Optional.ofNullable(row.getString("seal")));
    }

    /// Marks where the trail ends when seals begin.
    static void begin(Handle handle, Signet signet) {
        var last =
                handle.createQuery("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1")
                        .map((row, _) ->
                                new AuditHead(
                                        row.getLong("number"),
                                        row.getString("hash"),
                                        row.getLong("number") + 1,
                                        Optional.empty()))
                        .findOne();
        last.orElse(new AuditHead(0, AuditChain.START, 1, Optional.empty())).write(handle, signet);
    }

    AuditHead then(long number, String hash) {
        return new AuditHead(number, hash, sealedFrom, cutAt);
    }

    void write(Handle handle, Signet signet) {
        handle.createUpdate(
                        """
                        INSERT INTO audit_head (one, number, hash, sealed_from, cut_at, seal)
                        VALUES (1, :number, :hash, :from, :cut, :seal)
                        ON CONFLICT (one) DO UPDATE
                           SET number = excluded.number, hash = excluded.hash,
                               sealed_from = excluded.sealed_from, cut_at = excluded.cut_at,
                               seal = excluded.seal\
                        """)
                .bind("number", number)
                .bind("hash", hash)
                .bind("from", sealedFrom)
                .bind("cut", cutAt)
                .bind("seal", signet.seal(Signet.Kind.HEAD, text()))
                .execute();
    }

    /// Reads what [#text] writes.
    static AuditHead parse(String text) {
        var parts = text.split(" ", -1);
        if (parts.length != 4) throw new IllegalArgumentException("no end: " + text);
        return new AuditHead(
                Long.parseLong(parts[0]),
                parts[1],
                Long.parseLong(parts[2]),
                parts[3].equals("-") ? Optional.empty() : Optional.of(Long.parseLong(parts[3])));
    }

    /// What is sealed.
    String text() {
        return "%d %s %d %s"
                .formatted(number, hash, sealedFrom, cutAt.map(String::valueOf).orElse("-"));
    }
}
