package dev.assent.state;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Where the audit trail ends, by its last entry and by what was written with that.
///
/// @param last the number of the last entry that there is; 0 for none
/// @param hash its hash
/// @param stored where it should end; empty where nothing says so
record AuditEnd(long last, String hash, Optional<AuditHead.Stored> stored) {

    static AuditEnd of(Handle handle) {
        return handle.createQuery(
                        """
                        SELECT last.number AS last_number, last.hash AS last_hash, audit_head.*
                          FROM (SELECT number, hash
                                  FROM audit
                                 ORDER BY number DESC
                                 LIMIT 1) last
                          LEFT JOIN audit_head ON one = 1\
                        """)
                .map((row, _) ->
                        new AuditEnd(
                                row.getLong("last_number"),
                                row.getString("last_hash"),
                                row.getObject("one") == null
                                        ? Optional.empty()
                                        : Optional.of(AuditHead.stored(row))))
                .findOne()
                .orElseGet(() -> new AuditEnd(0, AuditChain.START, AuditHead.read(handle)));
    }

    /// The head before another entry is written, where the trail ends as it says; else one that
    /// remembers what was found.
    AuditHead head(Handle handle, Signet signet) {
        if (stored.isEmpty()) {
            // Deleted, where entries were sealed already; else the first to be sealed comes now.
            var sealed =
                    handle.createQuery("SELECT min(number) FROM audit WHERE seal IS NOT NULL")
                            .mapTo(Long.class)
                            .findOne();
            return new AuditHead(last, hash, sealed.orElse(last + 1), sealed.map(_ -> last + 1));
        }
        var head = stored.get().head();
        if (stored.get().isOurs(signet) && head.number() == last && head.hash().equals(hash)) {
            return head;
        }
        var found = Math.min(last, head.number()) + (head.number() == last ? 0 : 1);
        var cut = head.cutAt().map(it -> Math.min(it, found)).orElse(found);
        return new AuditHead(last, hash, head.sealedFrom(), Optional.of(cut));
    }
}
