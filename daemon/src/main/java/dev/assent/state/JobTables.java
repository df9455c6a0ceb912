package dev.assent.state;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.utils.ConnectionProvider;

/// Where Quartz keeps the jobs that the nodes share: tables of its own beside the record's, which
/// are no part of it and are made by the script that Quartz brings along.
public final class JobTables implements ConnectionProvider, AutoCloseable {

    /// Any number that nobody else who shares the database takes.
    private static final long MAKING = 0x4153_4E54_0002L;

    private static final int CONNECTIONS = 3;
    private static final Pattern END = Pattern.compile(";\\s*(\\R|$)");
    private static final Pattern COMMENT = Pattern.compile("--.*");

    private final PostgresMedium medium;
    private final HikariDataSource pool;

    JobTables(PostgresMedium medium) {
        this.medium = medium;
        var settings = medium.writers();
        settings.setPoolName("jobs");
        settings.setMaximumPoolSize(CONNECTIONS);
        this.pool = new HikariDataSource(settings);
        try {
            make();
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private void make() {
        try (var connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("SELECT pg_advisory_xact_lock(" + MAKING + ")");
                if (!exist(connection)) {
                    for (var sql : script()) statement.execute(sql);
                }
            }
            connection.commit();
        } catch (SQLException e) {
            throw medium.failure("write", e);
        }
    }

    private static boolean exist(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery("SELECT to_regclass('qrtz_locks')")) {
            return found.next() && found.getString(1) != null;
        }
    }

    /// The statements of Quartz's script that make something.
    private static List<String> script() {
        try (var script = JobStoreTX.class.getResourceAsStream("tables_postgres.sql")) {
            if (script == null) throw new IllegalStateException("Quartz has no such script");
            var text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            return END.splitAsStream(COMMENT.matcher(text).replaceAll(""))
                    .map(String::strip)
                    .filter(it -> it.startsWith("CREATE"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        return pool.getConnection();
    }

    @Override
    public void initialize() {
        // The connections are there already.
    }

    @Override
    public void shutdown() {
        // Whoever made it closes it: a job that still runs notes its end.
    }

    @Override
    public void close() {
        pool.close();
    }
}
