package dev.assent.state;

import dev.assent.model.ApplicationName;
import dev.assent.plan.Digest;
import dev.assent.plan.Plan;
import dev.assent.plan.render.PlanJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import tools.jackson.core.JacksonException;

/// The plans and their assents inside one transaction. Every plan that is read is checked: its
/// changes must have the digest that it is stored under.
record PlanRows(Handle handle) {

    Optional<PlanRow> find(Digest digest) {
        return handle.createQuery("SELECT * FROM plan WHERE digest = :digest")
                .bind("digest", digest.toString())
                .map((row, _) -> plan(row))
                .findOne();
    }

    /// @param hex the first digits of the digest
    List<PlanRow> startingWith(String hex) {
        return handle.createQuery(
                        """
                        SELECT *
                          FROM plan
                         WHERE digest >= 'sha256:' || :hex AND digest < 'sha256:' || :hex || 'g'
                         ORDER BY number DESC\
                        """)
                .bind("hex", hex)
                .map((row, _) -> plan(row))
                .list();
    }

    List<PlanRow> newest(Optional<ApplicationName> application, int limit) {
        return handle.createQuery(
                        """
                        SELECT *
                          FROM plan
                         WHERE :application IS NULL OR application = :application
                         ORDER BY number DESC
                         LIMIT :limit\
                        """)
                .bind("application", application.map(ApplicationName::toString))
                .bind("limit", limit)
                .map((row, _) -> plan(row))
                .list();
    }

    List<PlanRow> in(PlanState... states) {
        return handle.createQuery("SELECT * FROM plan WHERE state IN (<states>) ORDER BY number")
                .bindList("states", words(states))
                .map((row, _) -> plan(row))
                .list();
    }

    List<PlanRow> in(ApplicationName application, PlanState... states) {
        return handle.createQuery(
                        """
                        SELECT *
                          FROM plan
                         WHERE application = :application AND state IN (<states>)
                         ORDER BY number\
                        """)
                .bind("application", application.toString())
                .bindList("states", words(states))
                .map((row, _) -> plan(row))
                .list();
    }

    /// Stores a plan as proposed. One that had ended begins anew: with a number of its own, and
    /// with neither the assents nor the steps of before.
    void propose(Plan plan, Provenance provenance, Instant now) {
        handle.createUpdate(
                        """
                        INSERT INTO plan
                               (digest, number, application, base_serial, left_serial, body, state,
                                repository, path, commit_id, seen_commit, proposed_at, changed_at)
                        VALUES (:digest, (SELECT coalesce(max(number), 0) + 1 FROM plan),
                                :application, :serial, :serial, :body, 'proposed',
                                :repository, :path, :commit, :commit, :now, :now)
                        ON CONFLICT (digest) DO UPDATE
                           SET number = excluded.number, left_serial = excluded.left_serial,
                               body = excluded.body, state = excluded.state,
                               repository = excluded.repository, path = excluded.path,
                               commit_id = excluded.commit_id, seen_commit = excluded.seen_commit,
                               proposed_at = excluded.proposed_at, changed_at = excluded.changed_at,
                               reason = NULL, superseded_by = NULL, proposal = proposal + 1\
                        """)
                .bind("digest", plan.digest().toString())
                .bind("application", plan.application().toString())
                .bind("serial", plan.baseSerial())
                .bind("body", PlanJson.write(plan).toString())
                .bind("repository", provenance.repository())
                .bind("path", provenance.path())
                .bind("commit", provenance.commit())
                .bind("now", now.toString())
                .execute();
    }

    /// Remembers the last commit that asked for the plan, so that a rejection holds against it too.
    void seen(Digest digest, String commit) {
        handle.createUpdate("UPDATE plan SET seen_commit = :commit WHERE digest = :digest")
                .bind("digest", digest.toString())
                .bind("commit", commit)
                .execute();
    }

    void move(Digest digest, PlanState state, Optional<String> reason, Instant now) {
        handle.createUpdate(
                        """
                        UPDATE plan
                           SET state = :state, reason = :reason, changed_at = :now
                         WHERE digest = :digest\
                        """)
                .bind("digest", digest.toString())
                .bind("state", state.word())
                .bind("reason", reason)
                .bind("now", now.toString())
                .execute();
    }

    void succeed(Digest superseded, Digest by) {
        handle.createUpdate("UPDATE plan SET superseded_by = :by WHERE digest = :digest")
                .bind("digest", superseded.toString())
                .bind("by", by.toString())
                .execute();
    }

    /// Names a plan as successor of those that ended because the record moved on.
    void succeedOlder(Plan plan) {
        handle.createUpdate(
                        """
                        UPDATE plan
                           SET superseded_by = :by
                         WHERE application = :application AND state = 'superseded'
                           AND superseded_by IS NULL AND left_serial < :serial\
                        """)
                .bind("by", plan.digest().toString())
                .bind("application", plan.application().toString())
                .bind("serial", plan.baseSerial())
                .execute();
    }

    /// Marks a plan as applying and gives out the number of the attempt.
    long start(PlanRow row, Instant now) {
        move(row.stored().digest(), PlanState.APPLYING, Optional.empty(), now);
        handle.createUpdate("UPDATE plan SET attempt = attempt + 1 WHERE digest = :digest")
                .bind("digest", row.stored().digest().toString())
                .execute();
        return row.attempt() + 1;
    }

    void assent(PlanRow row, Assent assent) {
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

    /// Uses the plan's assent up; how many there were to use.
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

    private List<Assent> assents(String digest, long proposal) {
        return handle.createQuery(
                        """
                        SELECT *
                          FROM assent
                         WHERE digest = :digest AND proposal = :proposal
                         ORDER BY id\
                        """)
                .bind("digest", digest)
                .bind("proposal", proposal)
                .map((row, _) ->
                        new Assent(
                                row.getString("who"),
                                row.getString("channel"),
                                Instant.parse(row.getString("at")),
                                changes(row.getString("changes"))))
                .list();
    }

    private PlanRow plan(ResultSet row) throws SQLException {
        var digest = Digest.parse(row.getString("digest")).orElseThrow();
        var proposal = row.getLong("proposal");
        var stored =
                new StoredPlan(
                        read(digest, row.getString("body")),
                        digest,
                        PlanState.of(row.getString("state")),
                        new Provenance(
                                row.getString("repository"),
                                row.getString("path"),
                                row.getString("commit_id")),
                        Instant.parse(row.getString("proposed_at")),
                        Instant.parse(row.getString("changed_at")),
                        assents(digest.toString(), proposal),
                        Optional.ofNullable(row.getString("reason")),
                        Optional.ofNullable(row.getString("superseded_by")).flatMap(Digest::parse));
        return new PlanRow(
                stored,
                row.getString("seen_commit"),
                row.getLong("left_serial"),
                proposal,
                row.getLong("attempt"));
    }

    private static Plan read(Digest digest, String body) {
        try {
            var plan = PlanJson.read(JsonText.tree(body));
            if (plan.digest().equals(digest)) return plan;
        } catch (IllegalArgumentException | JacksonException _) {
            // Said below: whatever it is, it is not the plan that was stored.
        }
        throw new StateException(
                "the plan %s was edited in the database or is damaged: its changes no longer have the digest that was reviewed. Nothing of it is applied; put a backup of the record in its place"
                        .formatted(digest.id()));
    }

    private static SortedSet<String> changes(String json) {
        return new TreeSet<>(JsonText.list(json));
    }

    private static List<String> words(PlanState... states) {
        return List.of(states).stream().map(PlanState::word).toList();
    }
}
