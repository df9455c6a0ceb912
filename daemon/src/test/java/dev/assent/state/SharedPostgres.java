package dev.assent.state;

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
import dev.assent.provider.Progress;
import dev.assent.provider.local.LocalProvider;
import dev.assent.provider.local.LocalSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A PostgreSQL server for all tests of this process, begun by the first that needs it and gone
/// with the process. Each test has a database of its own there.
///
/// `-Dassent.record.version=18.6` takes another one than the oldest that the record can be kept on.
public final class SharedPostgres {

    private static final String VERSION = System.getProperty("assent.record.version", "13.23");
    private static final String USER = "keeper";
    private static final String TEMPLATE = "newest";
    private static final String ADMIN = "assent_admin";

    private static Optional<SharedPostgres> started = Optional.empty();

    private final SecureRandom random = new SecureRandom();
    private final AtomicInteger databases = new AtomicInteger();
    private final Path folder;
    private final Path passwordFile;
    private final LocalProvider provider;
    private final BuildOrder order;
    private final Endpoint endpoint;

    private SharedPostgres() throws IOException, SQLException {
        var others = PosixFilePermissions.fromString("rwxr-xr-x");
        folder = Files.createTempDirectory("assent-postgres-");
        Files.setPosixFilePermissions(folder, others);
        // Far from the ports of other tests, and of those of another working tree.
        var first = 30_000 + random.nextInt(200) * 10;
        provider =
                new LocalProvider(
                        "here",
                        LocalSettings.in(folder.resolve("servers"), folder.resolve("cache"))
                                .withPorts(first, first + 9));
        order = order();
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
        endpoint = provider.build(order, Progress.SILENT);
        passwordFile = folder.resolve("password");
        var password = Secret.generate(random).reveal();
        Files.writeString(passwordFile, password);
        // A daemon refuses one that others can read.
        Files.setPosixFilePermissions(passwordFile, PosixFilePermissions.fromString("rw-------"));
        asAdmin(
                "ALTER SYSTEM SET fsync = off",
                "SELECT pg_reload_conf()",
                "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(USER, password),
                "CREATE DATABASE %s OWNER %s".formatted(TEMPLATE, USER));
        PostgresSchema.bringUpToDate(server(TEMPLATE));
    }

    private BuildOrder order() {
        var key =
                new ServerKey(
                        new ApplicationName("record", "production"),
                        GroupName.parse("postgresql/main").orElseThrow(),
                        new ServerName("record-1"));
        var credentials =
                new GroupCredentials(
                        Secret.generate(random),
                        "nobody",
                        "nothing",
                        Secret.generate(random),
                        Secret.generate(random));
        return new BuildOrder(
                key,
                Specification.of(Variant.POSTGRESQL).pinned(new Version(VERSION)),
                ServerSpec.of("record-1"),
                credentials,
                Optional.empty());
    }

    private static synchronized SharedPostgres get() {
        if (started.isEmpty()) {
            try {
                started = Optional.of(new SharedPostgres());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
        return started.orElseThrow();
    }

    /// A database of the newest schema, with nothing in it.
    public static RecordServer database() throws SQLException {
        return get().made("TEMPLATE " + TEMPLATE);
    }

    /// A database without a schema.
    static RecordServer empty() throws SQLException {
        return get().made("");
    }

    private RecordServer made(String how) throws SQLException {
        var name = "record" + databases.incrementAndGet();
        asAdmin("CREATE DATABASE %s OWNER %s %s".formatted(name, USER, how));
        return server(name);
    }

    private RecordServer server(String database) {
        return new RecordServer(
                USER, List.of(endpoint), database, Map.of(), Optional.of(passwordFile));
    }

    /// Ends the server as a crash of its machine does, and starts it again.
    static void crash() throws IOException {
        get().kill();
        get().provider.start(get().order.key(), get().order.credentials());
    }

    private void kill() throws IOException {
        long postmaster;
        try (var files = Files.walk(folder.resolve("servers"))) {
            var file = files.filter(it -> it.endsWith("postmaster.pid")).findFirst().orElseThrow();
            postmaster = Long.parseLong(Files.readAllLines(file).getFirst());
        }
        var processes =
                new ArrayList<>(ProcessHandle.of(postmaster).orElseThrow().children().toList());
        processes.addFirst(ProcessHandle.of(postmaster).orElseThrow());
        processes.forEach(ProcessHandle::destroyForcibly);
        for (var each : processes) each.onExit().join();
    }

    /// Does something as superuser, in the database that is always there.
    static void administer(String... statements) throws SQLException {
        get().asAdmin(statements);
    }

    private void asAdmin(String... statements) throws SQLException {
        try (var connection = admin("postgres");
                var statement = connection.createStatement()) {
            for (var each : statements) statement.execute(each);
        }
    }

    private Connection admin(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://%s/%s".formatted(endpoint, database),
                ADMIN,
                order.credentials().admin().reveal());
    }

    private void end() {
        try (provider) {
            provider.remove(order.key(), Progress.SILENT);
        }
        try (var files = Files.walk(folder)) {
            for (var each : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
