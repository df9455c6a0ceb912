package dev.assent.state;

import dev.assent.log.Complaints;
import dev.assent.model.ApplicationName;
import dev.assent.plan.Digest;
import dev.assent.plan.RequestJson;
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
