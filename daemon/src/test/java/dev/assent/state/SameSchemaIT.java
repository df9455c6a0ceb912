package dev.assent.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The migrations of both databases lead to the same tables, so that none is forgotten.
class SameSchemaIT {

    @TempDir Path folder;

    @Test
    void both_databases_have_the_same_tables_columns_keys_and_indexes() throws SQLException {
        var file = folder.resolve("state.db");
        Medium.of(new RecordFile(file)).hold().close();
        Schema.bringUpToDate(file, SecretKeyFile.readOrCreate(file.resolveSibling("secret.key")));

        try (var sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
                var postgres =
                        PostgresSource.toMigrate(SharedPostgres.database()).getConnection()) {
            var expected = described(sqlite, Optional.empty());
            var found = described(postgres, Optional.of(PostgresSource.SCHEMA));

            // What SQLite does by itself.
            assertThat(found.remove("assent_record")).isNotEmpty();
            assertThat(
                            Objects.requireNonNull(found.get("signed_word"))
                                    .removeIf(it -> it.startsWith("column rowid")))
                    .isTrue();
            assertThat(found).isEqualTo(expected);
        }
    }

    private static SortedMap<String, SortedSet<String>> described(
            Connection connection, Optional<String> schema) throws SQLException {
        var all = new TreeMap<String, SortedSet<String>>();
        var data = connection.getMetaData();
        var in = schema.orElse(null);
        try (var tables = data.getTables(null, in, "%", new String[] {"TABLE"})) {
            while (tables.next()) {
                var table = tables.getString("TABLE_NAME");
                if (table.equals("flyway_schema_history") || table.startsWith("sqlite_")) continue;
                all.put(table, described(data, in, table));
            }
        }
        return all;
    }

    private static SortedSet<String> described(
            DatabaseMetaData data, @Nullable String schema, String table) throws SQLException {
        var all = new TreeSet<String>();
        var key = new TreeSet<String>();
        each(
                data.getPrimaryKeys(null, schema, table),
                row -> key.add(row.getShort("KEY_SEQ") + " " + row.getString("COLUMN_NAME")));
        all.add("key " + key);
        each(
                data.getColumns(null, schema, table, "%"),
                row -> {
                    var name = row.getString("COLUMN_NAME");
                    var part = key.stream().anyMatch(it -> it.endsWith(" " + name));
                    // A key is never NULL, though SQLite does not say so.
                    var need = part || row.getInt("NULLABLE") == DatabaseMetaData.columnNoNulls;
                    all.add("column %s %s%s".formatted(name, type(row), need ? " NOT NULL" : ""));
                });
        each(
                data.getImportedKeys(null, schema, table),
                row ->
                        all.add(
                                "%s refers to %s %s on delete %d"
                                        .formatted(
                                                row.getString("FKCOLUMN_NAME"),
                                                row.getString("PKTABLE_NAME"),
                                                row.getString("PKCOLUMN_NAME"),
                                                row.getInt("DELETE_RULE"))));
        var indexes = new TreeMap<String, String>();
        each(
                data.getIndexInfo(null, schema, table, false, false),
                row -> {
                    var name = row.getString("INDEX_NAME");
                    if (name == null) return;
                    indexes.merge(
                            name,
                            (row.getBoolean("NON_UNIQUE") ? "index" : "unique index")
                                    + " "
                                    + row.getString("COLUMN_NAME"),
                            (one, next) -> one + " " + next.substring(next.lastIndexOf(' ') + 1));
                });
        indexes.values().stream()
                .filter(it -> !it.equals("unique index " + columns(key)))
                .forEach(all::add);
        return all;
    }

    private static String columns(SortedSet<String> key) {
        return String.join(" ", key.stream().map(it -> it.substring(it.indexOf(' ') + 1)).toList());
    }

    /// What either calls it.
    private static String type(ResultSet row) throws SQLException {
        var type = row.getString("TYPE_NAME").toUpperCase(Locale.ROOT);
        if (Arrays.asList("TEXT", "\"ASSENT\".\"BYTEWISE\"", "BYTEWISE").contains(type)) {
            return "text";
        }
        return Arrays.asList("BLOB", "BYTEA").contains(type) ? "bytes" : "number";
    }

    private interface Row {
        void take(ResultSet row) throws SQLException;
    }

    private static void each(ResultSet rows, Row row) throws SQLException {
        try (rows) {
            while (rows.next()) row.take(rows);
        }
    }
}
