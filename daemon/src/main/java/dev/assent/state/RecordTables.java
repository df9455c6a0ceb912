package dev.assent.state;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The tables that a record is made of, as the database itself tells of them: whichever database it
/// is, each table comes after those that it refers to.
final class RecordTables {

    /// What is not the record: how its schema came about, and who does what now.
    private static final Set<String> NO_RECORD =
            Set.of("assent_record", "flyway_schema_history", "lease", "writable");

    private RecordTables() {}

    /// A table.
    ///
    /// @param columns its columns, by name
    /// @param key the columns that tell its rows apart, in order
    /// @param inward the columns in which a row refers to another one of the same table
    record Table(String name, SortedSet<String> columns, List<String> key, Set<String> inward) {}

    static List<Table> of(Connection connection) throws SQLException {
        var found = new TreeMap<String, Table>();
        var references = new HashMap<String, Set<String>>();
        for (var name : names(connection)) {
            var others = new HashSet<String>();
            var inward = new HashSet<String>();
            for (var it :
                    rows(
                            connection
                                    .getMetaData()
                                    .getImportedKeys(
                                            connection.getCatalog(), connection.getSchema(), name),
                            "PKTABLE_NAME",
                            "FKCOLUMN_NAME")) {
                if (it.getFirst().equals(name)) {
                    inward.add(it.getLast());
                } else {
                    others.add(it.getFirst());
                }
            }
            references.put(name, others);
            found.put(
                    name,
                    new Table(name, columns(connection, name), key(connection, name), inward));
        }
        return inOrder(found, references);
    }

    private static List<Table> inOrder(
            Map<String, Table> tables, Map<String, Set<String>> references) {
        var ordered = new ArrayList<Table>();
        var left = new TreeMap<>(tables);
        while (!left.isEmpty()) {
            var next =
                    left.values().stream()
                            .filter(it ->
                                    references.getOrDefault(it.name(), Set.of()).stream()
                                            .noneMatch(left::containsKey))
                            .findFirst()
                            .orElseThrow(() ->
                                    new IllegalStateException(
                                            "tables refer to one another in a circle: "
                                                    + left.keySet()));
            ordered.add(next);
            left.remove(next.name());
        }
        return ordered;
    }

    private static SortedSet<String> names(Connection connection) throws SQLException {
        var names = new TreeSet<String>();
        var all =
                rows(
                        connection
                                .getMetaData()
                                .getTables(
                                        connection.getCatalog(),
                                        connection.getSchema(),
                                        "%",
                                        new String[] {"TABLE"}),
                        "TABLE_NAME");
        for (var it : all) {
            var name = it.getFirst();
            var other = name.startsWith("sqlite_") || name.startsWith("qrtz_");
            if (!other && !NO_RECORD.contains(name)) names.add(name);
        }
        return names;
    }

    private static SortedSet<String> columns(Connection connection, String table)
            throws SQLException {
        var columns = new TreeSet<String>();
        rows(
                        connection
                                .getMetaData()
                                .getColumns(
                                        connection.getCatalog(),
                                        connection.getSchema(),
                                        table,
                                        "%"),
                        "COLUMN_NAME")
                .forEach(it -> columns.add(it.getFirst()));
        return columns;
    }

    private static List<String> key(Connection connection, String table) throws SQLException {
        var parts = new TreeMap<Integer, String>();
        var all =
                rows(
                        connection
                                .getMetaData()
                                .getPrimaryKeys(
                                        connection.getCatalog(), connection.getSchema(), table),
                        "KEY_SEQ",
                        "COLUMN_NAME");
        for (var it : all) parts.put(Integer.parseInt(it.getFirst()), it.getLast());
        if (parts.isEmpty()) throw new IllegalStateException(table + " has no primary key");
        return List.copyOf(parts.values());
    }

    private static List<List<String>> rows(ResultSet answer, String... columns)
            throws SQLException {
        var rows = new ArrayList<List<String>>();
        try (answer) {
            while (answer.next()) {
                var row = new ArrayList<String>();
                for (var it : columns) row.add(answer.getString(it));
                rows.add(row);
            }
        }
        return rows;
    }
}
