package dev.assent.provider.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.ApplicationName;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.GroupName;
import dev.assent.model.Secret;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// A local provider in a temporary folder, what one orders of it, and connections to what it built.
final class LocalRoom implements AutoCloseable {

    static final String NEWEST = "18.6";

    private static final int PORTS = 20;
    private static final int RANGES = 490;

    /// Somewhere else in each run, since the tests of another working tree may run beside these;
    /// and in each room.
    private static final AtomicInteger RANGE =
            new AtomicInteger(new SecureRandom().nextInt(RANGES));

    final Path servers;
    final LocalSettings settings;
    final LocalProvider provider;
    private final Set<ServerKey> ordered = new LinkedHashSet<>();

    LocalRoom(Path folder, Path cache) throws IOException {
        for (var ours : List.of(folder, cache)) {
            Files.setPosixFilePermissions(ours, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        servers = folder.resolve("servers");
        var first = LocalSettings.FIRST_PORT + PORTS * (RANGE.getAndIncrement() % RANGES);
        settings = LocalSettings.in(servers, cache).withPorts(first, first + PORTS - 1);
        provider = new LocalProvider("here", settings);
    }

    BuildOrder order(String server, String version) {
        return order("shop", server, Variant.POSTGRESQL, new Version(version));
    }

    BuildOrder order(String app, String server, Variant variant, Version version) {
        var application = new ApplicationName(app, "production");
        var group = new GroupName(variant.engine(), "main");
        var key = new ServerKey(application, group, new ServerName(server));
        ordered.add(key);
        return new BuildOrder(
                key,
                Specification.of(variant).pinned(version),
                ServerSpec.of(server),
                credentials("shop"),
                Optional.empty());
    }

    BuildOrder replicaOf(BuildOrder primary, String server) {
        var key =
                new ServerKey(
                        primary.key().application(), primary.key().group(), new ServerName(server));
        ordered.add(key);
        return new BuildOrder(
                key,
                primary.specification(),
                ServerSpec.of(server),
                primary.credentials(),
                Optional.of(primary.key()));
    }

    static BuildOrder with(BuildOrder order, Map<String, String> settings) {
        return new BuildOrder(
                order.key(),
                order.specification().with(settings),
                order.server(),
                order.credentials(),
                order.source());
    }

    static BuildOrder with(BuildOrder order, GroupCredentials credentials) {
        return new BuildOrder(
                order.key(), order.specification(), order.server(), credentials, order.source());
    }

    /// The server of an order, to follow that of another one.
    static BuildOrder following(BuildOrder order, BuildOrder source) {
        return new BuildOrder(
                order.key(),
                order.specification(),
                order.server(),
                source.credentials(),
                Optional.of(source.key()));
    }

    static GroupCredentials credentials(String username) {
        var random = new SecureRandom();
        return new GroupCredentials(
                Secret.generate(random),
                username,
                "shop_production",
                Secret.generate(random),
                Secret.generate(random));
    }

    Endpoint build(BuildOrder order) {
        return provider.build(order, Progress.SILENT);
    }

    Health health(BuildOrder order) {
        return provider.health(order.key(), order.credentials());
    }

    long pid(BuildOrder order) {
        var health = health(order);
        assertThat(health.state()).as(health.toString()).isEqualTo(Health.State.RUNNING);
        return health.pid().orElseThrow();
    }

    /// Where a server is that was built.
    Endpoint endpoint(BuildOrder order) throws IOException {
        var record = ServerFolder.below(servers, order.key()).read().orElseThrow();
        return new Endpoint(settings.host(), record.port());
    }

    Path folder(BuildOrder order) {
        return ServerFolder.below(servers, order.key()).path();
    }

    /// What the application sees: one value.
    static String query(Endpoint endpoint, BuildOrder order, String sql) throws SQLException {
        var credentials = order.credentials();
        return query(
                endpoint,
                credentials.database(),
                credentials.username(),
                credentials.password().reveal(),
                sql);
    }

    static String queryAsAdmin(Endpoint endpoint, BuildOrder order, String sql)
            throws SQLException {
        var admin = order.credentials().admin().reveal();
        return query(endpoint, "postgres", "assent_admin", admin, sql);
    }

    static String query(
            Endpoint endpoint, String database, String user, String password, String sql)
            throws SQLException {
        try (var connection = connect(endpoint, database, user, password);
                var statement = connection.createStatement()) {
            if (!statement.execute(sql)) return "";
            var row = statement.getResultSet();
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }

    private static Connection connect(
            Endpoint endpoint, String database, String user, String password) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://%s/%s".formatted(endpoint, database), user, password);
    }

    /// Removes what was ordered, and sees that nothing is left.
    @Override
    public void close() {
        for (var key : List.copyOf(ordered).reversed()) {
            provider.remove(key, Progress.SILENT);
        }
        provider.close();
        assertNothingIsLeft();
    }

    void assertNothingIsLeft() {
        assertThat(ProcessHandle.allProcesses())
                .noneMatch(it ->
                        it.info()
                                .commandLine()
                                .filter(line -> line.contains(servers.toString()))
                                .isPresent());
        if (Files.exists(servers)) assertThat(servers).isEmptyDirectory();
    }
}
