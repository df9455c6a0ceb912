package dev.assent.crash;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// The record as it lies on the disk, read past the daemon.
record RecordFile(Path file) implements RecordReader {

    @Override
    public List<List<String>> rows(String sql) {
        try (var connection = connect();
                var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            var rows = new ArrayList<List<String>>();
            while (found.next()) {
                var row = new ArrayList<String>();
                for (var column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                    row.add(String.valueOf(found.getString(column)));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        var settings = new SQLiteConfig();
        settings.setReadOnly(true);
        settings.setBusyTimeout(PATIENCE);
        var source = new SQLiteDataSource(settings);
        source.setUrl("jdbc:sqlite:" + file);
        return source.getConnection();
    }

    private static final int PATIENCE = 10_000;
}
