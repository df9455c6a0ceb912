package dev.assent.state;

import dev.assent.state.Backup.WorkFolder;
import dev.assent.state.RecordTables.Table;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteDataSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Reads what [RecordExport] has written into an empty record: all of it or nothing.
public final class RecordImport {

    private static final String WAY_OUT = "Export the record again: assent state export";

    /// A reference to a row of the same table, set once all rows are there.
    private record Later(Table table, String column, JsonNode row) {}

    private final Handle handle;
    private final Map<String, Table> tables = new LinkedHashMap<>();
    private final List<Later> later = new ArrayList<>();
    private final MessageDigest digest;
    private long rows;

    private RecordImport(Handle handle) throws SQLException {
        this.handle = handle;
        for (var it : RecordTables.of(handle.getConnection())) tables.put(it.name(), it);
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Makes a record of an export in a state folder that has none.
    ///
    /// @param key the key of the record that was exported
    /// @return how many rows there were
    /// @throws StateException if a record is there or in use, or the export can't be used; there is
    ///   no record then
    public static long into(Path folder, SecretKeyFile key, InputStream export) {
        var database = StateFolder.database(folder.toAbsolutePath().normalize());
        try (var _ = DatabaseFile.lockAlone(database);
                var room = WorkFolder.beside(database)) {
            if (Files.exists(database) && Files.size(database) > 0) {
                throw new StateException(
                        "there is a record in %s; it is left as it is. Import into an empty state folder"
                                .formatted(database));
            }
            var fresh = room.path().resolve("assent.db");
            Schema.migrate(fresh);
            var rows = rows(fresh, export);
            var look = SqliteExamination.whole(fresh, database, Optional.of(key));
            if (!look.isWhole()) {
                throw new StateException(
                        "nothing was imported: %s".formatted(look.found().getFirst().said()));
            }
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            Files.move(fresh, database, StandardCopyOption.ATOMIC_MOVE);
            Backup.flush(database);
            StateFolder.begun(folder.toAbsolutePath());
            return rows;
        } catch (IOException e) {
            throw new StateException("nothing was imported into %s: %s".formatted(database, e), e);
        }
    }

    private static long rows(Path fresh, InputStream export) {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + fresh);
        try {
            return Jdbi.create(source).inTransaction(handle -> rows(handle, export));
        } catch (JdbiException e) {
            throw Failures.describe(fresh, "import", e);
        }
    }

    /// Reads all rows into the empty tables of one transaction.
    static long rows(Handle handle, InputStream export) {
        try {
            var reading = new RecordImport(handle);
            reading.refuseRows();
            return reading.read(
                    new BufferedReader(new InputStreamReader(export, StandardCharsets.UTF_8)));
        } catch (SQLException | IOException e) {
            throw new StateException("nothing was imported: " + e.getMessage(), e);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new StateException(
                    "nothing was imported: what was read is no export. " + WAY_OUT, e);
        }
    }

    private void refuseRows() {
        for (var table : tables.values()) {
            var found =
                    handle.createQuery("SELECT count(*) FROM " + RecordExport.quoted(table.name()))
                            .mapTo(Long.class)
                            .one();
            if (found > 0) {
                throw new StateException(
                        "nothing was imported: the record is not empty, there are rows in %s. Import into an empty one"
                                .formatted(table.name()));
            }
        }
    }

    private long read(BufferedReader lines) throws IOException, SQLException {
        header(JsonText.tree(next(lines)));
        while (true) {
            var line = lines.readLine();
            if (line == null) throw cutOff();
            var json = JsonText.tree(line);
            if (json.has("sha256")) {
                end(json);
                break;
            }
            count(line);
            insert(json);
            rows++;
        }
        for (var it : later) refer(it);
        return rows;
    }

    private String next(BufferedReader lines) throws IOException {
        var line = lines.readLine();
        if (line == null) throw cutOff();
        count(line);
        return line;
    }

    private void count(String line) {
        digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static StateException cutOff() {
        return new StateException("nothing was imported: the export was cut off. " + WAY_OUT);
    }

    private static void header(JsonNode header) {
        var format = header.path("format").asString("");
        if (!format.equals(RecordExport.FORMAT)
                || header.path("version").asInt(0) != RecordExport.FORM) {
            throw new IllegalArgumentException("another format");
        }
        var schema = header.path("schema").asInt(0);
        if (schema != Schema.VERSION) {
            throw new StateException(
                    "nothing was imported: this was exported from schema %d, and this program's is %d; export and import with the same version of assent"
                            .formatted(schema, Schema.VERSION));
        }
    }

    private void end(JsonNode end) {
        var sum = HexFormat.of().formatHex(digest.digest());
        if (end.path("rows").asLong(-1) != rows || !sum.equals(end.path("sha256").asString(""))) {
            throw new StateException(
                    "nothing was imported: the export was changed, its SHA-256 is another. "
                            + WAY_OUT);
        }
    }

    private void insert(JsonNode json) throws SQLException {
        var name = json.path("table").asString("");
        var table = tables.get(name);
        var row = json.path("row");
        if (table == null || !table.columns().equals(new TreeSet<>(row.propertyNames()))) {
            throw new IllegalArgumentException("no such table or columns: " + name);
        }
        var columns = List.copyOf(table.columns());
        var sql =
                "INSERT INTO %s (%s) VALUES (%s)"
                        .formatted(
                                RecordExport.quoted(name),
                                columns.stream()
                                        .map(RecordExport::quoted)
                                        .collect(Collectors.joining(", ")),
                                columns.stream().map(_ -> "?").collect(Collectors.joining(", ")));
        try (var statement = handle.getConnection().prepareStatement(sql)) {
            for (var i = 0; i < columns.size(); i++) {
                var column = columns.get(i);
                var inward = table.inward().contains(column) && !row.path(column).isNull();
                if (inward) later.add(new Later(table, column, row));
                statement.setObject(i + 1, inward ? null : value(row.path(column)));
            }
            statement.executeUpdate();
        }
    }

    private void refer(Later it) throws SQLException {
        var key = it.table().key();
        var sql =
                "UPDATE %s SET %s = ? WHERE %s"
                        .formatted(
                                RecordExport.quoted(it.table().name()),
                                RecordExport.quoted(it.column()),
                                key.stream()
                                        .map(column -> RecordExport.quoted(column) + " = ?")
                                        .collect(Collectors.joining(" AND ")));
        try (var statement = handle.getConnection().prepareStatement(sql)) {
            statement.setObject(1, value(it.row().path(it.column())));
            for (var i = 0; i < key.size(); i++) {
                statement.setObject(i + 2, value(it.row().path(key.get(i))));
            }
            statement.executeUpdate();
        }
    }

    private static @Nullable Object value(JsonNode json) {
        if (json.isNull()) return null;
        if (json.isIntegralNumber()) return json.asLong();
        if (json.isString()) return json.asString();
        if (json.has("base64")) return Base64.getDecoder().decode(json.path("base64").asString(""));
        throw new IllegalArgumentException("no value of a column: " + json);
    }
}
