package dev.assent.state;

import dev.assent.log.Complaints;
import dev.assent.model.ApplicationName;
import dev.assent.plan.Digest;
import dev.assent.plan.Plan;
import dev.assent.plan.RequestJson;
import dev.assent.plan.render.PlanJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The plans inside one transaction. Every plan that is read is checked: its changes must have the
/// digest that it is stored under. One that has not stops whoever asks for it, and nobody else: it
/// is left out of lists, and which plan takes whose place is decided without reading changes.
record PlanRows(Handle handle) {

    private static final Logger LOG = LoggerFactory.getLogger(PlanRows.class);

    private static final PlansRead READ = new PlansRead();

    /// With what tells whether anything is to be read of other tables: of most plans nothing is.
    private static final String SELECT =
            """
            SELECT plan.*,
                   EXISTS (SELECT 1 FROM head_plan WHERE digest = plan.digest) AS by_head,
                   EXISTS (SELECT 1
                             FROM assent
                            WHERE digest = plan.digest
                              AND proposal = plan.proposal) AS has_assents,
                   (SELECT string_agg(author, '\n')
                      FROM plan_author
                     WHERE digest = plan.digest) AS authors
              FROM plan
            """;

    /// Lists are asked for every few seconds.
    private static final Complaints COMPLAINTS = new Complaints();

    /// @throws StateException if the plan cannot be read
    Optional<PlanRow> find(Digest digest) {
        return handle.createQuery(SELECT + "WHERE digest = :digest")
                .bind("digest", digest.toString())
                .map((row, _) -> plan(row))
                .findOne();
    }

    /// Finds a plan; one that cannot be read is left out.
    Optional<PlanRow> readable(Digest digest) {
        return handle.createQuery(SELECT + "WHERE digest = :digest")
                .bind("digest", digest.toString())
                .map((row, _) -> readable(row))
                .findOne()
                .flatMap(it -> it);
    }

    /// @param hex the first digits
    List<Digest> startingWith(String hex) {
        return handle
                .createQuery(
                        """
                        SELECT digest
                          FROM plan
                         WHERE digest >= 'sha256:' || :hex AND digest < 'sha256:' || :hex || 'g'
                         ORDER BY number DESC\
                        """)
                .bind("hex", hex)
                .mapTo(String.class)
                .stream()
                .flatMap(it -> Digest.parse(it).stream())
                .toList();
    }

    List<PlanRow> newest(Optional<ApplicationName> application, int limit) {
        return readable(
                handle.createQuery(
                                SELECT
                                        + """
                                         WHERE CAST(:application AS TEXT) IS NULL OR application = :application
                                         ORDER BY number DESC
                                         LIMIT :limit\
                                        """)
                        .bind("application", application.map(ApplicationName::toString))
                        .bind("limit", limit));
    }

    /// The plans of an application that changed its record, the earliest first.
    List<PlanRow> thatChangedRecord(ApplicationName application) {
        return readable(
                handle.createQuery(
                                SELECT
                                        + """
                                         WHERE application = :application AND left_serial > base_serial
                                         ORDER BY base_serial\
                                        """)
                        .bind("application", application.toString()));
    }

    Map<PlanState, Integer> countByState() {
        var counts = new EnumMap<PlanState, Integer>(PlanState.class);
        handle.createQuery("SELECT state, count(*) AS plans FROM plan GROUP BY state")
                .map((row, _) ->
                        counts.put(PlanState.of(row.getString("state")), row.getInt("plans")))
                .list();
        return counts;
    }

    List<PlanRow> in(PlanState... states) {
        return readable(
                handle.createQuery(SELECT + "WHERE state IN (<states>) ORDER BY number")
                        .bindList("states", words(states)));
    }

    /// The plans of an application, whether they can be read or not.
    List<PlanMark> in(ApplicationName application, PlanState... states) {
        return handle.createQuery(
                        """
                        SELECT digest, left_serial, request IS NOT NULL AS asked, by_branch,
                               by_drift
                          FROM plan
                         WHERE application = :application AND state IN (<states>)
                         ORDER BY number\
                        """)
                .bind("application", application.toString())
                .bindList("states", words(states))
                .map((row, _) ->
                        new PlanMark(
                                Digest.parse(row.getString("digest")).orElseThrow(),
                                row.getLong("left_serial"),
                                row.getBoolean("asked"),
                                row.getBoolean("by_branch"),
                                row.getBoolean("by_drift")))
                .list();
    }

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

    /// The plans of an application whose request is not decided yet: those that wait, and those
    /// that ended because the record moved on.
    List<PlanRow> openRequests(ApplicationName application) {
        return readable(
                handle.createQuery(
                                SELECT
                                        + """
                                         WHERE application = :application AND request_open = 1
                                           AND state IN ('proposed', 'approved', 'superseded', 'failed')
                                         ORDER BY number\
                                        """)
                        .bind("application", application.toString()));
    }

    List<PlanRow> due(Instant now) {
        return readable(
                handle.createQuery(
                                SELECT
                                        + """
                                         WHERE state = 'approved'
                                           AND (not_before IS NULL OR not_before <= :now)
                                         ORDER BY number\
                                        """)
                        .bind("now", now.toString()));
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

    /// The applications for which a plan waits or failed that would mend what was found.
    Set<ApplicationName> mending() {
        return handle
                .createQuery(
                        """
                        SELECT DISTINCT application
                          FROM plan
                         WHERE by_drift = 1 AND state IN ('proposed', 'approved', 'failed')\
                        """)
                .mapTo(String.class)
                .stream()
                .flatMap(it -> ApplicationName.parse(it).stream())
                .collect(Collectors.toSet());
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

    private List<PlanRow> readable(Query query) {
        return query.map((row, _) -> readable(row)).list().stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<PlanRow> readable(ResultSet row) throws SQLException {
        try {
            return Optional.of(plan(row));
        } catch (StateException e) {
            var why = String.valueOf(e.getMessage());
            if (COMPLAINTS.isDue(why, why)) LOG.error("a plan is left out: {}", why);
            return Optional.empty();
        }
    }

    private PlanRow plan(ResultSet row) throws SQLException {
        var digest = Digest.parse(row.getString("digest")).orElseThrow();
        var proposal = row.getLong("proposal");
        var stored =
                new StoredPlan(
                        READ.read(digest, row.getString("body")).orElseThrow(() -> forged(digest)),
                        digest,
                        PlanState.of(row.getString("state")),
                        new Provenance(
                                row.getString("repository"),
                                row.getString("path"),
                                row.getString("commit_id")),
                        wanted(row, digest),
                        asked(row),
                        Instant.parse(row.getString("proposed_at")),
                        Instant.parse(row.getString("changed_at")),
                        row.getBoolean("has_assents")
                                ? new AssentRows(handle).of(digest, proposal)
                                : List.of(),
                        Optional.ofNullable(row.getString("not_before")).map(Instant::parse),
                        Optional.ofNullable(row.getString("reason")),
                        Optional.ofNullable(row.getString("superseded_by")).flatMap(Digest::parse));
        return new PlanRow(
                stored,
                row.getString("seen_commit"),
                row.getLong("left_serial"),
                proposal,
                row.getLong("attempt"),
                row.getString("approved_at") != null);
    }

    private Wanted wanted(ResultSet row, Digest digest) throws SQLException {
        var authors = Optional.ofNullable(row.getString("authors"));
        return new Wanted(
                row.getBoolean("by_branch"),
                row.getBoolean("by_head") ? new HeadRows(handle).wanting(digest) : List.of(),
                new TreeSet<>(authors.stream().flatMap(String::lines).toList()),
                row.getBoolean("by_drift"));
    }

    private static Optional<Asked> asked(ResultSet row) throws SQLException {
        var request = Optional.ofNullable(row.getString("request"));
        if (request.isEmpty()) return Optional.empty();
        var who = Optional.ofNullable(row.getString("asked_by")).orElse("");
        // Before there were other tokens everybody held that of the admin.
        var person = Optional.ofNullable(row.getString("asked_person")).orElse(Assent.ADMIN);
        return Optional.of(new Asked(RequestJson.read(JsonText.tree(request.get())), who, person));
    }

    private static StateException forged(Digest digest) {
        return new StateException(
                "the plan %s was edited in the database, is damaged or comes from another version of assent: its changes no longer have the digest that was reviewed. Nothing of it is applied; have its application planned anew, or put a backup of the record in its place"
                        .formatted(digest.id()));
    }

    private static List<String> words(PlanState... states) {
        return List.of(states).stream().map(PlanState::word).toList();
    }
}
