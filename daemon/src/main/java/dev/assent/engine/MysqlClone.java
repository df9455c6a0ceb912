package dev.assent.engine;

import dev.assent.model.GroupCredentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Copies a running source into a replica: a dump of all of it, users included, which is loaded
/// over a connection, since not every installation has a client that could.
final class MysqlClone {

    /// A statement of a dump makes at most one index, or a megabyte of rows.
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final MysqlDialect dialect;
    private final Site source;
    private final Site replica;
    private final GroupCredentials credentials;
    private final Workbench workbench;

    MysqlClone(
            MysqlDialect dialect,
            Site source,
            Site replica,
            GroupCredentials credentials,
            Workbench workbench) {
        this.dialect = dialect;
        this.source = source;
        this.replica = replica;
        this.credentials = credentials;
        this.workbench = workbench;
    }

    private Path dump() {
        return replica.folder().resolve("clone.sql");
    }

    /// Dumps the source. The password is in a file for as long as that takes, since command lines
    /// can be read by everybody.
    void take() {
        var login = replica.folder().resolve("clone.cnf");
        workbench.write(login, login());
        try {
            workbench.run(dialect.dump(source, login), dump());
        } finally {
            workbench.delete(login);
        }
    }

    private String login() {
        return """
        [client]
        protocol = tcp
        host = %s
        port = %d
        user = %s
        password = %s
        """
                .formatted(
                        MysqlText.option(source.endpoint().host()),
                        source.endpoint().port(),
                        MysqlConnection.ADMIN,
                        MysqlText.option(credentials.admin().reveal()));
    }

    /// Loads the dump into the running replica and has it follow. While it is loaded, a row may be
    /// twice as long as the longest one of the source: a dump has two digits for each byte.
    void load() {
        try {
            try (var connection = connect()) {
                MysqlConnection.execute(connection, List.of(WIDE));
            }
            try (var connection = connect()) {
                MysqlConnection.execute(connection, dialect.beginLoading());
                var position = load(connection);
                MysqlConnection.execute(connection, List.of("FLUSH PRIVILEGES", NARROW));
                MysqlConnection.execute(
                        connection, dialect.loadedUpTo(replica.version(), position));
                new MysqlReplication(dialect, replica.endpoint())
                        .follow(connection, source.endpoint(), credentials);
            }
            workbench.delete(dump());
        } catch (SQLException | IOException e) {
            throw new EngineException(
                    "could not load a copy of the %s at %s: %s"
                            .formatted(dialect.product(), source.endpoint(), e.getMessage()),
                    e);
        }
    }

    private static final String WIDE = "SET GLOBAL max_allowed_packet = 1073741824";
    private static final String NARROW = "SET GLOBAL max_allowed_packet = 67108864";

    private Connection connect() throws SQLException {
        return MysqlConnection.toAdminister(replica.endpoint(), credentials.admin(), PATIENCE);
    }

    private String load(Connection connection) throws SQLException, IOException {
        var position = Optional.<String>empty();
        try (var text = Files.newBufferedReader(dump(), StandardCharsets.UTF_8);
                var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            var statements = new MysqlDump(text);
            for (var next = statements.next(); next.isPresent(); next = statements.next()) {
                var sql = next.get();
                var told = dialect.positionIn(sql);
                if (told.isPresent()) position = told;
                else if (!sql.startsWith(WHOM_TO_FOLLOW)) statement.execute(sql);
            }
        }
        return position.orElseThrow(() ->
                new EngineException(
                        "the dump of the %s at %s does not say where in its log it was taken"
                                .formatted(dialect.product(), source.endpoint())));
    }

    /// A dump says that one should follow, but not whom.
    private static final String WHOM_TO_FOLLOW = "CHANGE MASTER TO ";
}
