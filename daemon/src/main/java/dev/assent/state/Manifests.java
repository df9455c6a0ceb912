package dev.assent.state;

import dev.assent.model.ApplicationName;
import dev.assent.state.ManifestState.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jdbi.v3.core.mapper.RowMapper;

/// How the newest manifest of each application was read.
public final class Manifests {

    private static final RowMapper<ManifestState> STATE =
            (row, _) ->
                    new ManifestState(
                            ApplicationName.parse(row.getString("application")).orElseThrow(),
                            new Provenance(
                                    row.getString("repository"),
                                    row.getString("path"),
                                    row.getString("commit_id")),
                            Condition.valueOf(row.getString("condition").toUpperCase(Locale.ROOT)),
                            JsonText.list(row.getString("problems")),
                            Instant.parse(row.getString("read_at")));

    private final Database database;

    Manifests(Database database) {
        this.database = database;
    }

    public Optional<ManifestState> get(ApplicationName application) {
        return database.read(handle ->
                handle.createQuery("SELECT * FROM manifest WHERE application = :application")
                        .bind("application", application.toString())
                        .map(STATE)
                        .findOne());
    }

    public List<ManifestState> all() {
        return database.read(handle ->
                handle.createQuery("SELECT * FROM manifest ORDER BY application")
                        .map(STATE)
                        .list());
    }

    /// Who changed an application's manifest since what exists was last as it says.
    public SortedSet<String> authors(ApplicationName application) {
        return database.read(handle ->
                new TreeSet<>(
                        handle.createQuery(
                                        """
                                        SELECT author
                                          FROM manifest_author
                                         WHERE application = :application\
                                        """)
                                .bind("application", application.toString())
                                .mapTo(String.class)
                                .list()));
    }

    /// Somebody changed it.
    public void authored(ApplicationName application, Set<String> authors) {
        database.change(handle -> {
            for (var author : authors) {
                handle.createUpdate(
                                """
                                INSERT INTO manifest_author (application, author)
                                VALUES (:application, :author)
                                ON CONFLICT DO NOTHING\
                                """)
                        .bind("application", application.toString())
                        .bind("author", author)
                        .execute();
            }
        });
    }

    /// What exists is as it says.
    public void fulfilled(ApplicationName application) {
        database.change(handle ->
                handle.createUpdate("DELETE FROM manifest_author WHERE application = :application")
                        .bind("application", application.toString())
                        .execute());
    }

    public void put(ManifestState state) {
        database.change(handle ->
                handle.createUpdate(
                                """
                                INSERT INTO manifest
                                       (application, repository, path, commit_id,
                                        condition, problems, read_at)
                                VALUES (:application, :repository, :path, :commit,
                                        :condition, :problems, :readAt)
                                ON CONFLICT (application) DO UPDATE
                                   SET repository = excluded.repository, path = excluded.path,
                                       commit_id = excluded.commit_id,
                                       condition = excluded.condition,
                                       problems = excluded.problems, read_at = excluded.read_at\
                                """)
                        .bind("application", state.application().toString())
                        .bind("repository", state.provenance().repository())
                        .bind("path", state.provenance().path())
                        .bind("commit", state.provenance().commit())
                        .bind("condition", state.condition().name().toLowerCase(Locale.ROOT))
                        .bind("problems", JsonText.of(state.problems()))
                        .bind("readAt", state.readAt().toString())
                        .execute());
    }
}
