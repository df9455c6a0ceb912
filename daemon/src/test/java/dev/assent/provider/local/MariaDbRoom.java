package dev.assent.provider.local;

import dev.assent.model.ApplicationName;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupName;
import dev.assent.model.ServerKey;
import dev.assent.model.ServerName;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.provider.BuildOrder;
import dev.assent.provider.Health;
import dev.assent.provider.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A local provider in a temporary folder, for servers of MariaDB.
final class MariaDbRoom implements AutoCloseable {

    private static final int FIRST_PORT = 20_000 + 20 * new SecureRandom().nextInt(490);

    final Path servers;
    final LocalProvider provider;
    private final LocalServers known;
    private final Set<ServerKey> ordered = new LinkedHashSet<>();

    MariaDbRoom(Path folder, Path cache) throws IOException {
        for (var ours : List.of(folder, cache)) {
            Files.setPosixFilePermissions(ours, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        servers = folder.resolve("servers");
        var settings = LocalSettings.in(servers, cache).withPorts(FIRST_PORT, FIRST_PORT + 19);
        provider = new LocalProvider("here", settings);
        var user = ServersUser.choose(settings.runAs());
        known =
                new LocalServers(
                        settings,
                        Programs.of(settings),
                        user,
                        Supervision.of(settings, user, System.getenv()));
    }

    BuildOrder order(String server, String version) {
        return remembered(
                new BuildOrder(
                        key(server),
                        Specification.of(Variant.MARIADB).pinned(new Version(version)),
                        ServerSpec.of(server),
                        LocalRoom.credentials("shop"),
                        Optional.empty()));
    }

    BuildOrder replicaOf(BuildOrder source, String server) {
        return remembered(
                new BuildOrder(
                        key(server),
                        source.specification(),
                        ServerSpec.of(server),
                        source.credentials(),
                        Optional.of(source.key())));
    }

    private BuildOrder remembered(BuildOrder order) {
        ordered.add(order.key());
        return order;
    }

    private static ServerKey key(String server) {
        return new ServerKey(
                new ApplicationName("shop", "production"),
                GroupName.parse("mysql/main").orElseThrow(),
                new ServerName(server));
    }

    Endpoint build(BuildOrder order) {
        return provider.build(order, Progress.SILENT);
    }

    Health health(BuildOrder order) {
        return provider.health(order.key(), order.credentials());
    }

    LocalServer server(BuildOrder order) throws IOException {
        return known.find(order.key()).orElseThrow();
    }

    LocalWorkbench workbench(BuildOrder order) throws IOException {
        return (LocalWorkbench) known.workbench(server(order));
    }

    /// What the application sees of a query: the fields of all rows, with a space between.
    String query(BuildOrder order, String sql) throws SQLException, IOException {
        try (var connection = application(order)) {
            return query(connection, sql);
        }
    }

    String queryAsAdmin(BuildOrder order, String sql) throws SQLException, IOException {
        try (var connection =
                connect(order, "", "assent_admin", order.credentials().admin().reveal())) {
            return query(connection, sql);
        }
    }

    Connection application(BuildOrder order) throws SQLException, IOException {
        var credentials = order.credentials();
        return connect(
                order,
                credentials.database(),
                credentials.username(),
                credentials.password().reveal());
    }

    Connection connect(BuildOrder order, String database, String user, String password)
            throws SQLException, IOException {
        var endpoint = server(order).site().endpoint();
        return DriverManager.getConnection(
                "jdbc:mariadb://%s/%s?sslMode=disable".formatted(endpoint, database),
                user,
                password);
    }

    static String query(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            if (!statement.execute(sql)) return "";
            var rows = statement.getResultSet();
            var columns = rows.getMetaData().getColumnCount();
            var text = new StringBuilder();
            while (rows.next()) {
                for (var i = 1; i <= columns; i++) {
                    text.append(text.isEmpty() ? "" : " ").append(rows.getString(i));
                }
            }
            return text.toString();
        }
    }

    @Override
    public void close() {
        for (var key : List.copyOf(ordered).reversed()) {
            provider.remove(key, Progress.SILENT);
        }
        provider.close();
    }
}
