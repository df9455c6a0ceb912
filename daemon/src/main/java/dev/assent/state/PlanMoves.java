package dev.assent.state;

import dev.assent.model.ApplicationName;
import dev.assent.plan.Digest;
import dev.assent.plan.Plan;
import dev.assent.plan.RequestJson;
import dev.assent.plan.render.PlanJson;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What becomes of plans, written inside one transaction. Whether it may is decided by those who
/// call this.
record PlanMoves(Handle handle) {

    /// Stores a plan as proposed. One that had ended begins anew: with a number of its own, and
    /// with neither the assents nor the steps of before.
    void propose(
            Plan plan,
            Digest digest,
            Provenance provenance,
            boolean byBranch,
            Optional<Asked> asked,
            Instant now) {
        handle.createUpdate(
                        """
                        INSERT INTO plan
                               (digest, number, application, base_serial, left_serial, body, state,
                                repository, path, commit_id, seen_commit, proposed_at, changed_at,
                                by_branch, request, asked_by, asked_person,
                                request_open)
                        VALUES (:digest, (SELECT coalesce(max(number), 0) + 1 FROM plan),
                                :application, :serial, :serial, :body, 'proposed',
                                :repository, :path, :commit, :commit, :now, :now,
                                :byBranch, :request, :who, :person, :open)
                        ON CONFLICT (digest) DO UPDATE
                           SET number = excluded.number, left_serial = excluded.left_serial,
                               body = excluded.body, state = excluded.state,
                               repository = excluded.repository, path = excluded.path,
                               commit_id = excluded.commit_id, seen_commit = excluded.seen_commit,
                               proposed_at = excluded.proposed_at, changed_at = excluded.changed_at,
                               by_branch = excluded.by_branch, by_drift = 0,
                               request = excluded.request,
                               asked_by = excluded.asked_by,
                               asked_person = excluded.asked_person,
                               request_open = excluded.request_open, not_before = NULL,
                               approved_at = NULL, cancel_by = NULL,
                               reason = NULL, superseded_by = NULL, proposal = plan.proposal + 1\
                        """)
                .bind("digest", digest.toString())
                .bind("application", plan.application().toString())
                .bind("serial", plan.baseSerial())
                .bind("body", PlanJson.write(plan).toString())
                .bind("repository", provenance.repository())
                .bind("path", provenance.path())
                .bind("commit", provenance.commit())
                .bind("now", now.toString())
                .bind("byBranch", byBranch ? 1 : 0)
                .bind("request", asked.map(it -> RequestJson.write(it.request()).toString()))
                .bind("who", asked.map(Asked::who))
                .bind("person", asked.map(Asked::person))
                .bind("open", asked.isPresent() ? 1 : 0)
                .execute();
    }

    /// A request is decided: no further plan is made for it.
    void closeRequest(Digest digest) {
        handle.createUpdate("UPDATE plan SET request_open = 0 WHERE digest = :digest")
                .bind("digest", digest.toString())
                .execute();
        Adoptions.forget(handle, digest);
    }

    /// Remembers when an approved plan may start.
    void wait(Digest digest, Instant until) {
        handle.createUpdate("UPDATE plan SET not_before = :until WHERE digest = :digest")
                .bind("digest", digest.toString())
                .bind("until", until.toString())
                .execute();
    }

    /// Remembers anew when an approved plan may start, and why not before.
    void reschedule(Digest digest, Optional<Instant> until, Optional<String> why) {
        handle.createUpdate(
                        """
                        UPDATE plan
                           SET not_before = :until, reason = :why
                         WHERE digest = :digest AND state = 'approved'\
                        """)
                .bind("digest", digest.toString())
                .bind("until", until.map(Instant::toString))
                .bind("why", why)
                .execute();
    }

    /// Remembers the last commit that asked for the plan, so that a rejection holds against it too.
    void seen(Digest digest, String commit) {
        handle.createUpdate("UPDATE plan SET seen_commit = :commit WHERE digest = :digest")
                .bind("digest", digest.toString())
                .bind("commit", commit)
                .execute();
    }

    /// Remembers whether the branch itself wants a plan.
    void byBranch(Digest digest, boolean wanted) {
        handle.createUpdate("UPDATE plan SET by_branch = :wanted WHERE digest = :digest")
                .bind("digest", digest.toString())
                .bind("wanted", wanted ? 1 : 0)
                .execute();
    }

    /// Remembers whether a plan is wanted since it mends what was found.
    void byDrift(Digest digest, boolean wanted) {
        handle.createUpdate("UPDATE plan SET by_drift = :wanted WHERE digest = :digest")
                .bind("digest", digest.toString())
                .bind("wanted", wanted ? 1 : 0)
                .execute();
    }

    void move(Digest digest, PlanState state, Optional<String> reason, Instant now) {
        handle.createUpdate(
                        """
                        UPDATE plan
                           SET state = :state, reason = :reason, changed_at = :now,
                               approved_at = CASE :state WHEN 'approved' THEN :now
                                                         ELSE approved_at END
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

    /// Names a plan as successor of those that ended because the record moved on. The `|| ''` keeps
    /// SQLite from looking through all superseded plans of all applications.
    void succeedOlder(Plan plan, Digest digest) {
        handle.createUpdate(
                        """
                        UPDATE plan
                           SET superseded_by = :by
                         WHERE application = :application AND state || '' = 'superseded'
                           AND superseded_by IS NULL AND left_serial < :serial
                           AND request IS NULL AND by_branch = 1\
                        """)
                .bind("by", digest.toString())
                .bind("application", plan.application().toString())
                .bind("serial", plan.baseSerial())
                .execute();
    }

    /// The same for plans that would mend what was found.
    void succeedOlderRepairs(ApplicationName application, long serial, Optional<Digest> by) {
        handle.createUpdate(
                        """
                        UPDATE plan
                           SET superseded_by = :by
                         WHERE application = :application AND state || '' = 'superseded'
                           AND superseded_by IS NULL AND left_serial < :serial
                           AND request IS NULL AND by_branch = 0 AND by_drift = 1\
                        """)
                .bind("by", by.map(Digest::toString))
                .bind("application", application.toString())
                .bind("serial", serial)
                .execute();
    }
}
