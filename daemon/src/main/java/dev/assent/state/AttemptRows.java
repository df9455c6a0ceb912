package dev.assent.state;

import dev.assent.plan.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Who applies which plan, in which attempt, and whether he was asked to stop.
record AttemptRows(Handle handle) {

    /// Marks a plan as applying, with a number for this attempt. Whoever asked that an earlier one
    /// stops has had that.
    void start(Digest digest, Optional<String> node, Instant now) {
        handle.createUpdate(
                        """
                        UPDATE plan
                           SET state = 'applying', reason = NULL, changed_at = :now,
                               attempt = attempt + 1, node = :node, cancel_by = NULL
                         WHERE digest = :digest\
                        """)
                .bind("digest", digest.toString())
                .bind("node", node)
                .bind("now", now.toString())
                .execute();
    }

    /// Gives the plan to a new attempt: whoever applied it until now can write no more.
    ///
    /// @param node the life in which it is applied; empty where the record is one daemon's alone
    void takeUp(Digest digest, Optional<String> node) {
        handle.createUpdate(
                        """
                        UPDATE plan
                           SET attempt = attempt + 1, node = :node
                         WHERE digest = :digest\
                        """)
                .bind("digest", digest.toString())
                .bind("node", node)
                .execute();
    }

    /// The plans that are being applied by nodes whose life is over, or by nobody.
    ///
    /// @param now the record's time, in milliseconds since 1970
    List<Digest> orphaned(long now) {
        return handle
                .createQuery(
                        """
                        SELECT digest
                          FROM plan
                         WHERE state = 'applying'
                           AND NOT EXISTS (SELECT 1
                                             FROM lease
                                            WHERE name = :life || plan.node AND until > :now)
                         ORDER BY number\
                        """)
                .bind("life", Leases.LIFE)
                .bind("now", now)
                .mapTo(String.class)
                .stream()
                .flatMap(it -> Digest.parse(it).stream())
                .toList();
    }

    /// The plans that a node is applying in one of its lives.
    ///
    /// @param node empty: whoever applies them
    List<Digest> appliedBy(Optional<String> node) {
        return handle
                .createQuery(
                        """
                        SELECT digest
                          FROM plan
                         WHERE state = 'applying'
                           AND (CAST(:node AS TEXT) IS NULL OR node = :node)\
                        """)
                .bind("node", node)
                .mapTo(String.class)
                .stream()
                .flatMap(it -> Digest.parse(it).stream())
                .toList();
    }

    /// Which node applies a plan, in which of its lives.
    Optional<String> node(Digest digest) {
        return handle.createQuery(
                        """
                        SELECT node
                          FROM plan
                         WHERE digest = :digest AND state = 'applying' AND node IS NOT NULL\
                        """)
                .bind("digest", digest.toString())
                .mapTo(String.class)
                .findOne();
    }

    /// Remembers who asked that a plan stops.
    void cancel(Digest digest, String who) {
        handle.createUpdate("UPDATE plan SET cancel_by = :who WHERE digest = :digest")
                .bind("digest", digest.toString())
                .bind("who", who)
                .execute();
    }

    /// Who asked that a plan stops.
    Optional<String> cancelledBy(Digest digest) {
        return handle.createQuery(
                        """
                        SELECT cancel_by
                          FROM plan
                         WHERE digest = :digest AND cancel_by IS NOT NULL\
                        """)
                .bind("digest", digest.toString())
                .mapTo(String.class)
                .findOne();
    }
}
