package dev.assent.reconcile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.simpl.RAMJobStore;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/// Where Quartz keeps its jobs.
public sealed interface JobStore {

    /// Who sets turns here.
    String node();

    Scheduler scheduler();

    /// In memory: one node alone, which sets all turns when it starts.
    record Alone() implements JobStore {

        @Override
        public String node() {
            return "alone";
        }

        @Override
        public Scheduler scheduler() {
            var properties = Settings.polls(node());
            properties.setProperty("org.quartz.jobStore.class", RAMJobStore.class.getName());
            return Settings.scheduler(properties);
        }
    }

    /// In PostgreSQL, for all nodes that share the record. A node that dies is missed within some
    /// seconds, and another one takes its turn.
    ///
    /// @param source connections to the record's database
    record Shared(String node, DataSource source) implements JobStore {

        private static final String SOURCE = "record";

        /// Any number that nobody else who shares the database takes.
        private static final long MAKING_TABLES = 0x4153_4E54_0002L;

        @Override
        public Scheduler scheduler() {
            makeTables();
            DBConnectionManager.getInstance()
                    .addConnectionProvider(SOURCE, new Connections(source));
            var properties = Settings.polls(node);
            properties.setProperty("org.quartz.jobStore.class", JobStoreTX.class.getName());
            properties.setProperty(
                    "org.quartz.jobStore.driverDelegateClass", PostgreSQLDelegate.class.getName());
            properties.setProperty("org.quartz.jobStore.dataSource", SOURCE);
            properties.setProperty("org.quartz.jobStore.useProperties", "true");
            properties.setProperty("org.quartz.jobStore.isClustered", "true");
            properties.setProperty("org.quartz.jobStore.clusterCheckinInterval", "2000");
            return Settings.scheduler(properties);
        }

        /// The tables that Quartz brings along, where they are not there yet.
        private void makeTables() {
            try (var connection = source.getConnection()) {
                connection.setAutoCommit(false);
                try (var statement = connection.createStatement()) {
                    statement.execute("SELECT pg_advisory_xact_lock(" + MAKING_TABLES + ")");
                    if (!hasTables(connection)) {
                        for (var sql : Settings.tables()) statement.execute(sql);
                    }
                }
                connection.commit();
            } catch (SQLException e) {
                throw new IllegalStateException(
                        "the tables of the poll jobs could not be made: " + e.getMessage(), e);
            }
        }

        private static boolean hasTables(Connection connection) throws SQLException {
            try (var statement = connection.createStatement();
                    var found = statement.executeQuery("SELECT to_regclass('qrtz_locks')")) {
                return found.next() && found.getString(1) != null;
            }
        }
    }

    /// The record's connections, as Quartz asks for them.
    record Connections(DataSource source) implements ConnectionProvider {

        @Override
        public Connection getConnection() throws SQLException {
            return source.getConnection();
        }

        @Override
        public void initialize() {
            // The pool is there already.
        }

        @Override
        public void shutdown() {
            // The pool is closed by whoever made it.
        }
    }

    /// What Quartz is told.
    final class Settings {

        private static final Pattern END = Pattern.compile(";\\s*(\\R|$)");
        private static final Pattern COMMENT = Pattern.compile("--.*");

        /// Most of a poll is spent waiting, some of it for remotes that do not answer.
        private static final String AT_ONCE = "16";

        private Settings() {}

        private static Properties polls(String node) {
            var properties = new Properties();
            properties.setProperty("org.quartz.scheduler.instanceName", "assent");
            properties.setProperty("org.quartz.scheduler.instanceId", node);
            properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
            properties.setProperty("org.quartz.threadPool.threadCount", AT_ONCE);
            properties.setProperty("org.quartz.threadPool.threadNamePrefix", "poll");
            properties.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
            return properties;
        }

        private static Scheduler scheduler(Properties properties) {
            try {
                return new StdSchedulerFactory(properties).getScheduler();
            } catch (SchedulerException e) {
                throw new IllegalStateException("the poll jobs could not be set up", e);
            }
        }

        /// The statements of Quartz's own script that make something.
        private static Iterable<String> tables() {
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
    }
}
