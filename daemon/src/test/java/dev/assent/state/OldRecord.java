package dev.assent.state;

import static dev.assent.state.Room.BLOG;
import static dev.assent.state.Room.MAIN;
import static dev.assent.state.Room.SHOP;
import static dev.assent.state.Room.SPARE;
import static dev.assent.state.Room.creating;

import dev.assent.plan.Plan;
import dev.assent.plan.Request;
import dev.assent.plan.RequestJson;
import dev.assent.plan.render.PlanJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// A SQLite record as an earlier version of the program left it: made by the migrations up to that
/// one, with the rows of `state/rows/V….sql` put in on the way, so that every table has some.
final class OldRecord {

    static final Plan DONE = Room.plan(SHOP, 0, creating(MAIN));
    static final Plan WAITING = Room.plan(SHOP, 2, creating(SPARE));
    static final Plan ENDED = Room.plan(SHOP, 1, creating(SPARE));
    static final Plan ASKED = Room.plan(BLOG, 0, creating(MAIN));
    static final Request REQUEST = new Request.AddGroup(MAIN, Optional.empty(), Optional.empty());

    private static final String MIGRATIONS = "classpath:dev/assent/state/migration/sqlite";

    private final Path file;
    private final Map<String, Object> values = new HashMap<>();

    private OldRecord(Path file, SecretKeyFile key) {
        this.file = file;
        for (var plan :
                Map.of("done", DONE, "waiting", WAITING, "ended", ENDED, "asked", ASKED)
                        .entrySet()) {
            values.put(plan.getKey(), plan.getValue().digest().toString());
            values.put(plan.getKey() + "Body", PlanJson.write(plan.getValue()).toString());
        }
        values.put("request", RequestJson.write(REQUEST).toString());
        values.put("token", TokenText.hash("a token"));
        seal(new Seal(key, new SecureRandom()));
        chain();
    }

    private void seal(Seal seal) {
        values.put("key", seal.seal("assent", "key_check"));
        for (var name : List.of("admin", "password", "replication")) {
            var place = "credential/%s/%s/%s".formatted(SHOP, MAIN, name);
            values.put(name, seal.seal("the old " + name, place));
        }
        values.put(
                "variables",
                seal.seal(JsonText.of(new TreeMap<>(Map.of("A", "1"))), "in_force/" + SHOP));
        values.put(
                "external",
                seal.seal("far away", "external_group/%s/mysql/far/password".formatted(SHOP)));
        values.put("adoption", seal.seal("to be adopted", "adoption/" + BLOG));
    }

    private void chain() {
        var first = entry(1, "2026-01-01T10:00:00Z", "plan.approved", Optional.of(DONE), "c1");
        var hash = AuditChain.hash(first, AuditChain.START);
        var second =
                entry(2, "2026-01-01T11:00:00Z", "variables.redeployed", Optional.empty(), "A");
        values.put("hash1", hash);
        values.put("hash2", AuditChain.hash(second, hash));
    }

    private static AuditEntry entry(
            long number, String at, String what, Optional<Plan> plan, String detail) {
        return new AuditEntry(
                number,
                Instant.parse(at),
                "ada",
                what,
                Optional.of(SHOP.toString()),
                plan.map(it -> it.digest().toString()),
                detail,
                "");
    }

    /// A record that is there.
    static OldRecord at(Path file, SecretKeyFile key) {
        return new OldRecord(file, key);
    }

    /// Makes a record of each version before the newest, `1.db` and so on.
    static void all(Path folder, SecretKeyFile key) {
        try {
            for (var version = 1; version < Schema.VERSION; version++) {
                var file = folder.resolve(version + ".db");
                if (version > 1) Files.copy(folder.resolve(version - 1 + ".db"), file);
                var record = new OldRecord(file, key);
                record.migrate(version);
                record.fill(version);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void migrate(int version) {
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + file, null, null)
                .locations(MIGRATIONS)
                .target(String.valueOf(version))
                .loggers("slf4j")
                .load()
                .migrate();
    }

    private void fill(int version) {
        jdbi().useTransaction(handle -> {
            for (var statement : rows(version).split(";\n", -1)) {
                if (statement.isBlank()) continue;
                var update = handle.createUpdate(statement);
                values.forEach((name, value) -> {
                    if (statement.matches("(?s).*:%s\\b.*".formatted(name))) {
                        update.bind(name, value);
                    }
                });
                update.execute();
            }
        });
    }

    private static String rows(int version) {
        var name = "/state/rows/V%d.sql".formatted(version);
        try (InputStream in = OldRecord.class.getResourceAsStream(name)) {
            // Not every version brought something new to fill.
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Jdbi jdbi() {
        return Jdbi.create("jdbc:sqlite:" + file);
    }

    /// Every row of every table, by the names of tables and columns.
    Map<String, List<Map<String, Object>>> rows() {
        return jdbi().withHandle(handle -> {
            var all = new TreeMap<String, List<Map<String, Object>>>();
            for (var table : tables(handle)) {
                all.put(table, handle.select("SELECT * FROM " + table).map(this::row).list());
            }
            return all;
        });
    }

    private Map<String, Object> row(ResultSet row, Object context) throws SQLException {
        var values = new TreeMap<String, Object>();
        for (var i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            var value = row.getObject(i);
            values.put(
                    row.getMetaData().getColumnName(i),
                    value instanceof byte[] bytes ? List.of(Arrays.hashCode(bytes)) : value);
        }
        return values;
    }

    private static Set<String> tables(Handle handle) {
        return new LinkedHashSet<>(
                handle.select(
                                """
                                SELECT name
                                  FROM sqlite_schema
                                 WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
                                   AND name <> 'flyway_schema_history'\
                                """)
                        .mapTo(String.class)
                        .list());
    }

    /// All that there is, in SQL.
    List<String> schema() {
        return jdbi().withHandle(handle ->
                handle.select(
                                """
                                SELECT type || ' ' || name || ' ' || tbl_name || ' '
                                       || coalesce(sql, '')
                                  FROM sqlite_schema
                                 ORDER BY type, name\
                                """)
                        .mapTo(String.class)
                        .list());
    }

    /// What refers to something that is not there.
    List<String> dangling() {
        return jdbi().withHandle(handle ->
                handle.select("PRAGMA foreign_key_check").mapTo(String.class).list());
    }
}
