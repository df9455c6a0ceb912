package dev.assent.state;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Properties;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.core.DB;
import org.sqlite.jdbc4.JDBC4Connection;
import org.sqlite.jdbc4.JDBC4PreparedStatement;

/// Connections to a SQLite file that keep the statements that they have prepared: to read one and
/// plan it takes SQLite longer than most of them take to run, and the driver does that anew each
/// time. The schema does not change as long as there is such a connection; if it did, SQLite itself
/// would prepare them once more.
final class KeptStatements extends SQLiteDataSource {

    /// All that a connection is asked often. What is longer was made for one occasion.
    private static final int MOST = 160;

    private static final int LONGEST = 2_000;

    private final SQLiteConfig settings;
    private final String file;

    KeptStatements(SQLiteConfig settings, String file) {
        super(settings);
        this.settings = settings;
        this.file = file;
        setUrl("jdbc:sqlite:" + file);
    }

    @Override
    public SQLiteConnection getConnection() throws SQLException {
        return new Connection(getUrl(), file, settings.toProperties());
    }

    /// Used by one thread at a time, as every connection of a pool is.
    private static final class Connection extends JDBC4Connection {

        private final LinkedHashMap<String, Statement> kept = new LinkedHashMap<>();

        Connection(String url, String file, Properties settings) throws SQLException {
            super(url, file, settings);
        }

        @Override
        public PreparedStatement prepareStatement(
                String sql, int type, int concurrency, int holdability) throws SQLException {
            checkOpen();
            checkCursor(type, concurrency, holdability);
            // While it is in use nobody else gets it.
            var mine = kept.remove(sql);
            return mine == null ? new Statement(this, sql) : mine;
        }

        /// Ends the transaction, and begins none: the driver itself would begin another one at
        /// once, for the pool to end it. Who wants one says so.
        @Override
        public void commit() throws SQLException {
            end("commit;");
        }

        @Override
        public void rollback() throws SQLException {
            end("rollback;");
        }

        private void end(String how) throws SQLException {
            checkOpen();
            getDatabase().exec(how, false);
            getConnectionConfig().setAutoCommit(true);
        }

        /// @return whether it is kept now
        boolean keep(String sql, Statement statement) throws SQLException {
            if (sql.length() > LONGEST || isClosed() || kept.containsKey(sql)) return false;
            kept.put(sql, statement);
            if (kept.size() > MOST) kept.pollFirstEntry().getValue().end();
            return true;
        }
    }

    /// One that waits for its next use when it is closed, without a lock and without the values
    /// that it was run with.
    private static final class Statement extends JDBC4PreparedStatement {

        private final Connection connection;
        private final String text;

        Statement(Connection connection, String text) throws SQLException {
            super(connection, text);
            this.connection = connection;
            this.text = text;
        }

        @Override
        public void close() throws SQLException {
            if (pointer.isClosed()) return;
            rs.close();
            pointer.safeRunInt(DB::reset);
            clearGeneratedKeys();
            clearParameters();
            if (!connection.keep(text, this)) end();
        }

        private void end() throws SQLException {
            super.close();
        }
    }
}
