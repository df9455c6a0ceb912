package dev.assent.state;

import dev.assent.plan.Digest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What was shown and heard in the discussions of pull requests.
public final class Discussed {

    private final Database database;

    Discussed(Database database) {
        this.database = database;
    }

    /// A plan in a discussion.
    ///
    /// @param number the pull request's
    /// @param commit the head that the plan was made from, in hexadecimal
    /// @param shownAt since when people can read it there; empty: it is on its way, or was replaced
    public record Showing(
            String repository,
            long number,
            Digest digest,
            String commit,
            Optional<Instant> shownAt) {}

    /// Plans are on their way to a discussion.
    public void show(String repository, long number, String commit, Collection<Digest> digests) {
        if (digests.isEmpty()) return;
        database.change(handle -> {
            for (var digest : digests) {
                handle.createUpdate(
                                """
                                INSERT INTO discussed (repository, number, digest, commit_id)
                                VALUES (:repository, :number, :digest, :commit)
                                ON CONFLICT DO NOTHING\
                                """)
                        .bind("repository", repository)
                        .bind("number", number)
                        .bind("digest", digest.toString())
                        .bind("commit", commit)
                        .execute();
            }
        });
    }

    /// From now on, only these plans can be read in a discussion. Another one that comes back later
    /// has to be shown anew: it is not what people saw in between.
    public void leavesOnly(String repository, long number, Collection<Digest> digests) {
        database.change(handle ->
                handle.createUpdate(
                                """
                                UPDATE discussed
                                   SET shown_at = NULL
                                 WHERE repository = :repository AND number = :number
                                   AND digest NOT IN (<digests>)\
                                """)
                        .bind("repository", repository)
                        .bind("number", number)
                        // No digest is empty, and no list of SQL may be.
                        .bindList(
                                "digests",
                                Stream.concat(Stream.of(""), digests.stream())
                                        .map(Object::toString)
                                        .toList())
                        .execute());
    }

    /// Plans can be read in a discussion.
    public void shown(String repository, long number, Collection<Digest> digests, Instant at) {
        database.change(handle -> {
            for (var digest : digests) {
                handle.createUpdate(
                                """
                                UPDATE discussed
                                   SET shown_at = :at
                                 WHERE repository = :repository AND number = :number
                                   AND digest = :digest AND shown_at IS NULL\
                                """)
                        .bind("repository", repository)
                        .bind("number", number)
                        .bind("digest", digest.toString())
                        .bind("at", at.toString())
                        .execute();
            }
        });
    }

    /// The plans that were shown of a repository's pull requests and have been applied, or have
    /// failed, since an instant.
    public List<Showing> lately(String repository, Instant since) {
        return database.read(handle ->
                handle.createQuery(
                                """
                                SELECT discussed.*
                                  FROM discussed JOIN plan USING (digest)
                                 WHERE discussed.repository = :repository
                                   AND plan.changed_at >= :since
                                   AND plan.state IN ('applied', 'failed')
                                 ORDER BY discussed.number, plan.number\
                                """)
                        .bind("repository", repository)
                        .bind("since", since.toString())
                        .map((row, _) ->
                                showing(
                                        row.getString("repository"),
                                        row.getLong("number"),
                                        row.getString("digest"),
                                        row.getString("commit_id"),
                                        row.getString("shown_at")))
                        .list());
    }

    /// The plans that were made from a commit and shown.
    public List<Showing> ofCommit(String repository, String commit) {
        return database.read(handle ->
                handle.createQuery(
                                """
                                SELECT *
                                  FROM discussed
                                 WHERE repository = :repository AND commit_id = :commit\
                                """)
                        .bind("repository", repository)
                        .bind("commit", commit)
                        .map((row, _) ->
                                showing(
                                        row.getString("repository"),
                                        row.getLong("number"),
                                        row.getString("digest"),
                                        row.getString("commit_id"),
                                        row.getString("shown_at")))
                        .list());
    }

    private static Showing showing(
            String repository,
            long number,
            String digest,
            String commit,
            @Nullable String shownAt) {
        return new Showing(
                repository,
                number,
                Digest.parse(digest).orElseThrow(),
                commit,
                Optional.ofNullable(shownAt).map(Instant::parse));
    }

    /// The plans that were shown in a pull request, whichever head they were made from.
    public List<Digest> plans(String repository, long number) {
        return database.read(handle ->
                handle
                        .createQuery(
                                """
                                SELECT DISTINCT digest
                                  FROM discussed
                                 WHERE repository = :repository AND number = :number
                                 ORDER BY digest\
                                """)
                        .bind("repository", repository)
                        .bind("number", number)
                        .mapTo(String.class)
                        .stream()
                        .flatMap(it -> Digest.parse(it).stream())
                        .toList());
    }

    /// The pull requests of which a plan that was shown there waits for a yes and is wanted by the
    /// branch: they are merged.
    public List<Long> waiting(String repository) {
        return database.read(handle ->
                handle.createQuery(
                                """
                                SELECT DISTINCT discussed.number
                                  FROM discussed JOIN plan USING (digest)
                                 WHERE discussed.repository = :repository
                                   AND plan.state = 'proposed' AND plan.by_branch = 1
                                 ORDER BY discussed.number\
                                """)
                        .bind("repository", repository)
                        .mapTo(Long.class)
                        .list());
    }

    /// Since when people could read a plan in a discussion.
    public Optional<Instant> shownAt(String repository, long number, Digest digest) {
        return database.read(handle ->
                handle.createQuery(
                                """
                                SELECT min(shown_at)
                                  FROM discussed
                                 WHERE repository = :repository AND number = :number
                                   AND digest = :digest AND shown_at IS NOT NULL\
                                """)
                        .bind("repository", repository)
                        .bind("number", number)
                        .bind("digest", digest.toString())
                        .mapTo(String.class)
                        .findOne()
                        .map(Instant::parse));
    }

    /// Remembers whether the last word about a commit in one of our contexts is still to be
    /// followed by another.
    public void settled(String repository, String commit, String context, boolean settled) {
        var sql =
                settled
                        ? """
                        DELETE FROM unsettled
                         WHERE repository = :repository AND commit_id = :commit
                           AND context = :context\
                        """
                        : """
                        INSERT INTO unsettled (repository, commit_id, context)
                        VALUES (:repository, :commit, :context)
                        ON CONFLICT DO NOTHING\
                        """;
        database.change(handle ->
                handle.createUpdate(sql)
                        .bind("repository", repository)
                        .bind("commit", commit)
                        .bind("context", context)
                        .execute());
    }

    /// The commits of which the last word in one of our contexts is not the last one to be said.
    public List<String> unsettled(String repository, String context) {
        return database.read(handle ->
                handle.createQuery(
                                """
                                SELECT commit_id
                                  FROM unsettled
                                 WHERE repository = :repository AND context = :context
                                 ORDER BY commit_id\
                                """)
                        .bind("repository", repository)
                        .bind("context", context)
                        .mapTo(String.class)
                        .list());
    }

    public boolean isHeard(String repository, String id) {
        return database.read(handle ->
                handle.createQuery(
                                        """
                                        SELECT count(*)
                                          FROM heard
                                         WHERE repository = :repository AND id = :id\
                                        """)
                                .bind("repository", repository)
                                .bind("id", id)
                                .mapTo(Long.class)
                                .one()
                        > 0);
    }

    /// Remembers what was heard, and when it was said.
    public void heard(String repository, String id, Instant at) {
        database.change(handle ->
                handle.createUpdate(
                                """
                                INSERT INTO heard (repository, id, at)
                                VALUES (:repository, :id, :at)
                                ON CONFLICT DO NOTHING\
                                """)
                        .bind("repository", repository)
                        .bind("id", id)
                        .bind("at", at.toString())
                        .execute());
    }

    /// When the last of what was heard was said.
    public Optional<Instant> lastHeard(String repository) {
        return database.read(handle ->
                handle.createQuery("SELECT max(at) FROM heard WHERE repository = :repository")
                        .bind("repository", repository)
                        .mapTo(String.class)
                        .findOne()
                        .map(Instant::parse));
    }
}
