package dev.assent.state;

import dev.assent.state.RepositoryState.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;

/// What the last look at each repository found.
public final class Repositories {

    private static final RowMapper<RepositoryState> STATE =
            (row, _) ->
                    new RepositoryState(
                            row.getString("name"),
                            Optional.ofNullable(row.getString("head")),
                            row.getString("settings"),
                            Condition.of(row.getString("condition")),
                            Optional.ofNullable(row.getString("detail")),
                            Instant.parse(row.getString("since")),
                            Instant.parse(row.getString("checked_at")));

    private final Database database;

    Repositories(Database database) {
        this.database = database;
    }

    public Optional<RepositoryState> get(String name) {
        return database.read(handle ->
                handle.createQuery("SELECT * FROM repository WHERE name = :name")
                        .bind("name", name)
                        .map(STATE)
                        .findOne());
    }

    public List<RepositoryState> all() {
        return database.read(handle ->
                handle.createQuery("SELECT * FROM repository ORDER BY name").map(STATE).list());
    }

    public void put(RepositoryState state) {
        database.change(handle ->
                handle.createUpdate(
                                """
                                INSERT INTO repository
                                       (name, head, settings, condition, detail, since,
                                        checked_at)
                                VALUES (:name, :head, :settings, :condition, :detail,
                                        :since, :checkedAt)
                                ON CONFLICT (name) DO UPDATE
                                   SET head = excluded.head, settings = excluded.settings,
                                       condition = excluded.condition, detail = excluded.detail,
                                       since = excluded.since, checked_at = excluded.checked_at\
                                """)
                        .bind("name", state.name())
                        .bind("head", state.head())
                        .bind("settings", state.settings())
                        .bind("condition", state.condition().word())
                        .bind("detail", state.detail())
                        .bind("since", state.since().toString())
                        .bind("checkedAt", state.checkedAt().toString())
                        .execute());
    }
}
