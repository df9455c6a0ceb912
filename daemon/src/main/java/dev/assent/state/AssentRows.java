package dev.assent.state;

import dev.assent.plan.Digest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
                                row.getString("person"),
                                new TreeSet<>(JsonText.list(row.getString("groups"))),
                                row.getString("channel"),
                                Optional.ofNullable(row.getString("evidence")),
                                Instant.parse(row.getString("at")),
                                new TreeSet<>(JsonText.list(row.getString("changes")))))
                .list();
    }

    /// Writes one.
    ///
    /// @return what `mapping` makes of the row
    <T> T insert(PlanRow row, Assent assent, Mapping<T> mapping) {
        return handle.createQuery(
                        """
                        INSERT INTO assent (digest, proposal, who, person, groups, channel,
                                            evidence, at, changes)
                        VALUES (:digest, :proposal, :who, :person, :groups, :channel,
                                :evidence, :at, :changes)
                        RETURNING *\
                        """)
                .bind("digest", row.stored().digest().toString())
                .bind("proposal", row.proposal())
                .bind("who", assent.who())
                .bind("person", assent.person())
                .bind("groups", JsonText.of(assent.groups()))
                .bind("channel", assent.channel())
                .bind("evidence", assent.evidence())
                .bind("at", assent.at().toString())
                .bind("changes", JsonText.of(assent.changes()))
                .map((written, _) -> mapping.of(written))
                .one();
    }

    /// Makes something of a row.
    interface Mapping<T> {
        T of(ResultSet row) throws SQLException;
    }

    /// Whether an evidence was counted already, for whichever plan.
    boolean isUsed(String evidence) {
        return handle.createQuery("SELECT count(*) FROM assent WHERE evidence = :evidence")
                        .bind("evidence", evidence)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /// What was said to one plan is said to another: the very same changes are to be done, and only
    /// the record moved on. Neither is used up by that.
    ///
    /// @return how many assents there are now
    int carry(PlanRow from, PlanRow to) {
        return handle.createUpdate(
                        """
                        INSERT INTO assent (digest, proposal, who, person, groups, channel,
                                            evidence, carried, at, changes)
                        SELECT :to, :toProposal, who, person, groups, channel,
                               evidence, 1, at, changes
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

    /// Uses the plan's assents up, or makes them void; how many there were to use.
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
