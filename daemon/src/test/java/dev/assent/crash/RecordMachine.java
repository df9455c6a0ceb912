package dev.assent.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/// A PostgreSQL server that is reached over cables alone, as if it were on a machine of its own.
final class RecordMachine implements AutoCloseable {

    private static final String OWNER = "keeper";
    private static final String DATABASE = "record";
    private static final int PORT = 5432;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Cables cables;
    private final Path folder;
    private final Process server;
    private final String password = HexFormat.of().formatHex(new SecureRandom().generateSeed(16));

    /// The cable that nobody pulls.
    private final int own;

    RecordMachine(Path folder, Cables cables) throws IOException {
        this.folder = folder;
        this.cables = cables;
        own = cables.lay();
        Files.createDirectories(folder);
        Files.writeString(passwordFile(), password);
        Files.setPosixFilePermissions(passwordFile(), PosixFilePermissions.fromString("rw-------"));
        var programs = programs();
        Command.run("chown", "-R", user(), folder.toString());
        Command.run(
                asUser(
                        programs.resolve("initdb").toString(),
                        "--pgdata=" + data(),
                        "--username=" + OWNER,
                        "--pwfile=" + passwordFile(),
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--no-sync"));
        Files.writeString(
                data().resolve("pg_hba.conf"),
                "host all all %s scram-sha-256%n".formatted(Cables.range()),
                StandardOpenOption.APPEND);
        // The daemons refuse one that is another user's.
        Command.run("chown", "root", passwordFile().toString());
        server =
                new ProcessBuilder(
                                cables.inside(
                                        asUser(
                                                programs.resolve("postgres").toString(),
                                                "-D",
                                                data().toString(),
                                                "-c",
                                                "listen_addresses=*",
                                                "-c",
                                                "port=" + PORT,
                                                "-c",
                                                "unix_socket_directories=" + data(),
                                                // It is not this machine that is ill-treated.
                                                "-c",
                                                "fsync=off")))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        await();
    }

    private Path data() {
        return folder.resolve("data");
    }

    Path passwordFile() {
        return folder.resolve("password");
    }

    /// The URL by which a node knows it.
    String url(int cable) {
        return "postgresql://%s@%s:%d/%s?sslmode=disable"
                .formatted(OWNER, cables.address(cable), PORT, DATABASE);
    }

    RecordReader reader() {
        return new RecordServerReader(jdbc(DATABASE) + "&currentSchema=assent", login());
    }

    private String jdbc(String database) {
        return "jdbc:postgresql://%s:%d/%s?connectTimeout=5&sslmode=disable"
                .formatted(cables.address(own), PORT, database);
    }

    private Properties login() {
        var login = new Properties();
        login.setProperty("user", OWNER);
        login.setProperty("password", password);
        return login;
    }

    /// Waits until it answers, and makes the database.
    private void await() throws IOException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (var connection = DriverManager.getConnection(jdbc("postgres"), login());
                    var statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + DATABASE);
                return;
            } catch (SQLException e) {
                if (System.nanoTime() > end || !server.isAlive()) {
                    throw new IOException(
                            "PostgreSQL does not start: " + Files.readString(folder.resolve("log")),
                            e);
                }
            }
        }
    }

    /// The newest PostgreSQL that is installed.
    private static Path programs() throws IOException {
        var all = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(all)) {
            try (var versions = Files.list(all)) {
                var newest =
                        versions.filter(it -> Files.isExecutable(it.resolve("bin/initdb")))
                                .max(Comparator.comparingInt(RecordMachine::major));
                if (newest.isPresent()) return newest.get().resolve("bin");
            }
        }
        throw new IOException("there is no PostgreSQL below " + all + "; install one");
    }

    private static int major(Path version) {
        return Integer.parseInt(version.getFileName().toString());
    }

    private static String user() throws IOException {
        var known = Files.readAllLines(Path.of("/etc/passwd"));
        return known.stream().anyMatch(it -> it.startsWith("postgres:")) ? "postgres" : "nobody";
    }

    private static List<String> asUser(String... words) throws IOException {
        var all =
                new ArrayList<>(
                        List.of(
                                "setpriv",
                                "--reuid=" + user(),
                                "--regid=" + Command.run("id", "-g", user()).strip(),
                                "--clear-groups"));
        all.addAll(List.of(words));
        return all;
    }

    @Override
    public void close() {
        try {
            Command.run("kill", "-QUIT", Long.toString(server.pid()));
            if (!server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) server.destroyForcibly();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
