package dev.assent.state;

import dev.assent.plan.Finding.Kind;
import dev.assent.state.Census.Built;
import dev.assent.state.Census.Found;
import dev.assent.state.Census.Post;
import dev.assent.state.Census.Read;
import dev.assent.state.Census.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Counts inside one transaction, by indexes alone: the rows themselves are long.
record CensusRows(Handle handle) {

    List<Read> manifests() {
        return read(
                """
                SELECT repository, condition, count(*) AS number
                  FROM manifest
                 GROUP BY repository, condition
                """);
    }

    List<Read> heads() {
        return read(
                """
                SELECT repository, condition, count(*) AS number
                  FROM head
                 GROUP BY repository, condition
                """);
    }

    private List<Read> read(String question) {
        return handle.createQuery(question)
                .map((row, _) ->
                        new Read(
                                row.getString("repository"),
                                row.getString("condition"),
                                row.getLong("number")))
                .list();
    }

    /// Every state, also those that no plan is in.
    List<Standing> plans() {
        var found =
                handle.createQuery(
                                """
                                SELECT state, count(*) AS number, min(proposed_at) AS oldest
                                  FROM plan
                                 GROUP BY state
                                """)
                        .map((row, _) ->
                                new Standing(
                                        PlanState.of(row.getString("state")),
                                        row.getLong("number"),
                                        Optional.of(Instant.parse(row.getString("oldest")))))
                        .list();
        return Arrays.stream(PlanState.values())
                .map(state ->
                        found.stream()
                                .filter(it -> it.state() == state)
                                .findFirst()
                                .orElse(new Standing(state, 0, Optional.empty())))
                .toList();
    }

    List<Built> groups() {
        return handle.createQuery(
                        """
                        SELECT engine, count(*) AS number
                          FROM server_group
                         GROUP BY engine
                        """)
                .map((row, _) -> new Built(row.getString("engine"), row.getLong("number")))
                .list();
    }

    /// Every kind, also those of which there is none.
    List<Found> findings() {
        var found =
                handle.createQuery("SELECT kind, count(*) AS number FROM finding GROUP BY kind")
                        .map((row, _) ->
                                new Found(
                                        Kind.of(row.getString("kind")).orElseThrow(),
                                        row.getLong("number")))
                        .list();
        return Arrays.stream(Kind.values())
                .map(kind ->
                        found.stream()
                                .filter(it -> it.kind() == kind)
                                .findFirst()
                                .orElse(new Found(kind, 0)))
                .toList();
    }

    List<Post> letters(Collection<String> recipients) {
        var all = new ArrayList<Post>();
        for (var recipient : recipients) {
            all.add(
                    handle.createQuery(
                                    """
                                    SELECT (SELECT count(*)
                                              FROM letter
                                             WHERE recipient = :to
                                               AND state IN ('waiting', 'sending')) AS waiting,
                                           (SELECT count(*)
                                              FROM letter
                                             WHERE recipient = :to AND uncertain = 1
                                               AND state IN ('waiting', 'sending')) AS uncertain,
                                           (SELECT count(*)
                                              FROM letter
                                             WHERE recipient = :to AND state = 'given_up'
                                               AND NOT EXISTS
                                                   (SELECT 1
                                                      FROM letter newer
                                                     WHERE newer.recipient = letter.recipient
                                                       AND newer.slot = letter.slot
                                                       AND newer.id > letter.id)) AS given_up
                                    """)
                            .bind("to", recipient)
                            .map((row, _) ->
                                    new Post(
                                            recipient,
                                            row.getLong("waiting"),
                                            row.getLong("uncertain"),
                                            row.getLong("given_up")))
                            .one());
        }
        return all;
    }
}
