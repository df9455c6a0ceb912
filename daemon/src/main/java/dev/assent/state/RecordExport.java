package dev.assent.state;

import dev.assent.state.RecordTables.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Writes a whole record as lines of JSON: the same record gives the same bytes, whichever database
/// it lies in. The first line says format, version and schema; each further one is a row; the last
/// one has their number and the SHA-256 of all lines before. Secrets stay sealed.
final class RecordExport {

    static final String FORMAT = "assent-record";
    static final int FORM = 1;

    private static final String POSTGRESQL = "PostgreSQL";

    private final OutputStream out;
    private final MessageDigest digest;
    private long rows;

    private RecordExport(OutputStream out) {
        this.out = out;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Writes all that a snapshot holds.
    static void write(Handle handle, OutputStream out) {
        try {
            new RecordExport(out).write(handle);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new StateException("cannot export the record: " + e.getMessage(), e);
        }
    }

    private void write(Handle handle) throws IOException, SQLException {
        var header = new LinkedHashMap<String, Object>();
        header.put("format", FORMAT);
        header.put("version", FORM);
        header.put("schema", Schema.VERSION);
        line(header);
        for (var table : RecordTables.of(handle.getConnection())) write(handle, table);
        var sum = HexFormat.of().formatHex(digest.digest());
        var end = new LinkedHashMap<String, Object>();
        end.put("rows", rows);
        end.put("sha256", sum);
        out.write((JsonText.of(end) + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void write(Handle handle, Table table) throws IOException, SQLException {
        try (var statement = handle.getConnection().prepareStatement(question(handle, table));
                var answer = statement.executeQuery()) {
            while (answer.next()) {
                var line = new LinkedHashMap<String, Object>();
                line.put("table", table.name());
                line.put("row", row(answer, table));
                line(line);
                rows++;
            }
        }
    }

    /// Texts are sorted by their bytes, not as a language sorts them.
    private static String question(Handle handle, Table table) throws SQLException {
        var language =
                handle.getConnection().getMetaData().getDatabaseProductName().equals(POSTGRESQL);
        var texts = texts(handle, table);
        var order =
                table.key().stream()
                        .map(it ->
                                quoted(it)
                                        + (language && texts.contains(it) ? " COLLATE \"C\"" : ""))
                        .collect(Collectors.joining(", "));
        return "SELECT %s FROM %s ORDER BY %s"
                .formatted(
                        table.columns().stream()
                                .map(RecordExport::quoted)
                                .collect(Collectors.joining(", ")),
                        quoted(table.name()),
                        order);
    }

    private static Set<String> texts(Handle handle, Table table) throws SQLException {
        var texts = new HashSet<String>();
        var connection = handle.getConnection();
        try (var columns =
                connection
                        .getMetaData()
                        .getColumns(
                                connection.getCatalog(),
                                connection.getSchema(),
                                table.name(),
                                "%")) {
            while (columns.next()) {
                if (columns.getInt("DATA_TYPE") == Types.VARCHAR) {
                    texts.add(columns.getString("COLUMN_NAME"));
                }
            }
        }
        return texts;
    }

    static String quoted(String name) {
        return '"' + name + '"';
    }

    private static @Nullable Object value(@Nullable Object value) {
        return value instanceof byte[] bytes
                ? Map.of("base64", Base64.getEncoder().encodeToString(bytes))
                : value;
    }

    private static Map<String, @Nullable Object> row(ResultSet answer, Table table)
            throws SQLException {
        var row = new LinkedHashMap<String, @Nullable Object>();
        for (var column : table.columns()) {
            row.put(column, value(answer.getObject(column)));
        }
        return row;
    }

    private void line(Map<String, Object> line) throws IOException {
        var bytes = (JsonText.of(line) + "\n").getBytes(StandardCharsets.UTF_8);
        digest.update(bytes);
        out.write(bytes);
    }
}
