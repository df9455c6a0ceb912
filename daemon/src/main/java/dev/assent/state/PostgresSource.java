package dev.assent.state;

import dev.assent.model.Endpoint;
import dev.assent.model.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/// Connections to the record's PostgreSQL server.
final class PostgresSource {

    /// The schema that everything lies in.
    static final String SCHEMA = "assent";

    private static final Duration CONNECT = Duration.ofSeconds(5);

    /// Longer than the server lets anything take, so that its own answer comes first.
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private static final int ROWS = 1000;

    /// A node that is gone, or cut off, must not hold anything for long.
    private static final String CUT_OFF =
            """
            -c tcp_keepalives_idle=3 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=4 \
            -c tcp_user_timeout=4s\
            """;

    /// A node that stops in the middle of a transaction, or is cut off, must not keep the others
    /// from writing for long: the server ends its transaction. `synchronous_commit`, since what is
    /// said to be written has to be on the disk.
    private static final String RULES =
            """
            -c synchronous_commit=on -c lock_timeout=10s -c statement_timeout=15s \
            -c idle_in_transaction_session_timeout=3s \
            """
                    + CUT_OFF;

    private PostgresSource() {}

    /// For reading and writing.
    static PGSimpleDataSource toUse(RecordServer server) {
        var source = of(server);
        set(source, PGProperty.OPTIONS, RULES);
        set(source, PGProperty.SOCKET_TIMEOUT, seconds(ANSWER));
        return source;
    }

    /// For what may take long.
    static PGSimpleDataSource toMigrate(RecordServer server) {
        var source = of(server);
        set(source, PGProperty.OPTIONS, CUT_OFF);
        password(server).ifPresent(source::setPassword);
        return source;
    }

    private static PGSimpleDataSource of(RecordServer server) {
        var source = new PGSimpleDataSource();
        source.setServerNames(server.hosts().stream().map(Endpoint::host).toArray(String[]::new));
        source.setPortNumbers(server.hosts().stream().mapToInt(Endpoint::port).toArray());
        source.setDatabaseName(server.database());
        source.setUser(server.user());
        set(source, PGProperty.CURRENT_SCHEMA, SCHEMA);
        set(source, PGProperty.APPLICATION_NAME, "assent");
        set(source, PGProperty.CONNECT_TIMEOUT, seconds(CONNECT));
        set(source, PGProperty.TCP_KEEP_ALIVE, "true");
        set(source, PGProperty.GSS_ENC_MODE, "disable");
        set(source, PGProperty.DEFAULT_ROW_FETCH_SIZE, String.valueOf(ROWS));
        // Its messages would quote values.
        set(source, PGProperty.LOG_SERVER_ERROR_DETAIL, "false");
        if (server.hosts().size() > 1) set(source, PGProperty.TARGET_SERVER_TYPE, "primary");
        server.settings()
                .forEach((name, value) -> {
                    var property = PGProperty.forName(name);
                    if (property != null) set(source, property, value);
                });
        return source;
    }

    /// As it is in its file now; where there is none, the driver looks into `~/.pgpass`.
    ///
    /// @throws StateException if it can't be read
    static Optional<String> password(RecordServer server) {
        return server.passwordFile()
                .map(file -> {
                    try {
                        return Secret.of(Files.readString(file).strip()).reveal();
                    } catch (IOException e) {
                        throw new StateException(
                                "cannot read the record's password in %s: %s; the service's user must be able to read it"
                                        .formatted(file, e),
                                e);
                    }
                });
    }

    private static String seconds(Duration duration) {
        return String.valueOf(duration.toSeconds());
    }

    private static void set(PGSimpleDataSource source, PGProperty property, String value) {
        source.setProperty(property, value);
    }
}
