package dev.assent.crash;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// The record as it lies on the disk, read past the daemon.
record RecordFile(Path file) implements RecordReader {

    @Override
    public Connection connect() throws SQLException {
        var settings = new SQLiteConfig();
        settings.setReadOnly(true);
        settings.setBusyTimeout(PATIENCE);
        var source = new SQLiteDataSource(settings);
        source.setUrl("jdbc:sqlite:" + file);
        return source.getConnection();
    }

    private static final int PATIENCE = 10_000;
}
