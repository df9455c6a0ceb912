package dev.assent.state;

import dev.assent.plan.Digest;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/// The assents inside one transaction. Each belongs to one proposal of its plan, and is void for
/// any other.
record AssentRows(Handle handle) {

    List<Assent> of(Digest digest, long proposal) {
        return handle.createQuery(
                        """
                        SELECT *
                          FROM assent
                         WHERE digest = :digest AND proposal = :proposal
                         ORDER BY id\
                        """)
                .bind("digest", digest.toString())
                .bind("proposal", proposal)
                .map((row, _) ->
                        new Assent(
                                row.getString("who"),
                                row.getString("channel"),
                                Instant.parse(row.getString("at")),
                                new TreeSet<>(JsonText.list(row.getString("changes")))))
                .list();
    }

    void insert(PlanRow row, Assent assent) {
        handle.createUpdate(
                        """
                        INSERT INTO assent (digest, proposal, who, channel, at, changes)
                        VALUES (:digest, :proposal, :who, :channel, :at, :changes)\
                        """)
                .bind("digest", row.stored().digest().toString())
                .bind("proposal", row.proposal())
                .bind("who", assent.who())
                .bind("channel", assent.channel())
                .bind("at", assent.at().toString())
                .bind("changes", JsonText.of(assent.changes()))
                .execute();
    }

    /// Lets the assents of one plan count for another one with the same changes.
    ///
    /// @return how many there are
    int carryOver(PlanRow from, PlanRow to) {
        return handle.createUpdate(
                        """
                        INSERT INTO assent (digest, proposal, who, channel, at, changes)
                        SELECT :to, :toProposal, who, channel, at, changes
                          FROM assent
                         WHERE digest = :from AND proposal = :fromProposal
                           AND consumed_at IS NULL
                         ORDER BY id\
                        """)
                .bind("to", to.stored().digest().toString())
                .bind("toProposal", to.proposal())
                .bind("from", from.stored().digest().toString())
                .bind("fromProposal", from.proposal())
                .execute();
    }

    /// Uses the plan's assent up, or makes it void; how many there were to use.
    int consume(PlanRow row, Instant now) {
        return handle.createUpdate(
                        """
                        UPDATE assent
                           SET consumed_at = :now
                         WHERE digest = :digest AND proposal = :proposal AND consumed_at IS NULL\
                        """)
                .bind("digest", row.stored().digest().toString())
                .bind("proposal", row.proposal())
                .bind("now", now.toString())
                .execute();
    }
}
