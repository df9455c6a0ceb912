package dev.assent.engine;

import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.Secret;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// MySQL as Oracle releases it, and Percona Server, which is a build of it: 8.0.23 and newer.
///
/// @param variant which of the two
record OracleDialect(Variant variant) implements MysqlDialect {

    /// `mysqld Ver 8.0.40 for Linux on x86_64 (MySQL Community Server - GPL)`; Percona has its name
    /// in the brackets, and MariaDB its own behind the version.
    private static final Pattern PRINTED =
            Pattern.compile(
                    ".*\\bVer (\\d+\\.\\d+\\.\\d+)(?![\\d.])(?!-MariaDB).*", Pattern.DOTALL);

    /// The release that calls sources sources.
    private static final Version OLDEST = new Version("8.0.23");

    /// The release that calls the log's reset a reset of the log.
    private static final Version RENAMED_RESET = new Version("8.2");

    /// What a server prints once it has carried out its file of statements: it would take clients
    /// from then on.
    private static final String STARTED = "mysqld: ready for connections";

    private static final Pattern POSITION =
            Pattern.compile("(?s)SET @@GLOBAL\\.GTID_PURGED=.*'([0-9a-fA-F:,\\s-]*)'");

    @Override
    public String product() {
        return variant == Variant.PERCONA ? "Percona Server" : "MySQL";
    }

    @Override
    public String program() {
        return "mysqld";
    }

    @Override
    public Optional<Version> versionIn(String printed) {
        var matcher = PRINTED.matcher(printed);
        if (!matcher.matches()) return Optional.empty();
        var percona = printed.contains("Percona");
        if (percona != (variant == Variant.PERCONA)) return Optional.empty();
        return Optional.of(new Version(matcher.group(1))).filter(it -> it.compareTo(OLDEST) >= 0);
    }

    @Override
    public String options(Site site) {
        return """

        secure_file_priv = NULL
        mysqlx = OFF
        gtid_mode = ON
        enforce_gtid_consistency = ON
        binlog_expire_logs_seconds = 259200
        """;
    }

    /// Events are for the primary server to carry out.
    @Override
    public String optionsOfReplica() {
        return """

        super_read_only = ON
        event_scheduler = OFF
        """;
    }

    /// A new server knows `root` alone, without a password. So it runs once where nobody can reach
    /// it, to make Assent's users of a file, and stops.
    @Override
    public void initialise(Site site, GroupCredentials credentials, Workbench workbench) {
        var users = site.folder().resolve("users.sql");
        var program = site.program(program());
        var file = "--defaults-file=" + MysqlConfiguration.file(site);
        var data = "--datadir=" + site.data();
        workbench.run(
                List.of(program, file, data, "--tmpdir=" + site.data(), "--initialize-insecure"));
        workbench.makeFolder(MysqlConfiguration.scratch(site));
        workbench.write(users, users(site, credentials));
        try {
            workbench.run(
                    List.of(
                            program,
                            file,
                            data,
                            "--skip-networking",
                            "--super-read-only=OFF",
                            "--init-file=" + users),
                    STARTED);
        } finally {
            workbench.delete(users);
        }
    }

    private String users(Site site, GroupCredentials credentials) {
        var statements = new ArrayList<String>();
        statements.add("SET sql_log_bin = 0");
        statements.addAll(new MysqlUsers(this, site.endpoint()).own(credentials));
        statements.add("DROP USER 'root'@'localhost'");
        return statements.stream().collect(Collectors.joining(";\n", "", ";\n"));
    }

    @Override
    public List<String> dump(Site source, Path login) {
        return List.of(
                MysqlCommands.beside(source, "mysqldump"),
                "--defaults-file=" + login,
                "--all-databases",
                "--single-transaction",
                "--set-gtid-purged=ON",
                "--routines",
                "--events",
                "--triggers",
                "--hex-blob",
                "--skip-add-locks",
                "--skip-comments",
                "--max-allowed-packet=1G");
    }

    /// What is kept of a password is salted here, so the server has to hear the password; what it
    /// writes to its log is what it keeps.
    @Override
    public String identifiedBy(Secret password) {
        return " IDENTIFIED BY " + MysqlText.literal(password.reveal());
    }

    @Override
    public List<String> beginLoading() {
        return List.of("SET sql_log_bin = 0", "SET GLOBAL super_read_only = OFF");
    }

    @Override
    public Optional<String> positionIn(String statement) {
        var matcher = POSITION.matcher(statement);
        return matcher.matches()
                ? Optional.of(matcher.group(1).replaceAll("\\s", ""))
                : Optional.empty();
    }

    @Override
    public List<String> loadedUpTo(Version version, String position) {
        return List.of(
                version.compareTo(RENAMED_RESET) >= 0
                        ? "RESET BINARY LOGS AND GTIDS"
                        : "RESET MASTER",
                "SET GLOBAL gtid_purged = '%s'".formatted(position),
                "SET GLOBAL super_read_only = ON");
    }

    @Override
    public List<String> followFrom(Endpoint source, Secret password) {
        return List.of(
                """
                CHANGE REPLICATION SOURCE TO
                    SOURCE_HOST = %s,
                    SOURCE_PORT = %d,
                    SOURCE_USER = '%s',
                    SOURCE_PASSWORD = %s,
                    GET_SOURCE_PUBLIC_KEY = 1,
                    SOURCE_CONNECT_RETRY = 2,
                    SOURCE_AUTO_POSITION = 1\
                """
                        .formatted(
                                MysqlText.literal(source.host()),
                                source.port(),
                                MysqlConnection.REPLICATION,
                                MysqlText.literal(password.reveal())));
    }

    @Override
    public String signInWith(Secret password) {
        return "CHANGE REPLICATION SOURCE TO SOURCE_PASSWORD = "
                + MysqlText.literal(password.reveal());
    }

    @Override
    public String position() {
        return "SELECT @@global.gtid_executed";
    }

    @Override
    public String awaitPosition() {
        return "SELECT WAIT_FOR_EXECUTED_GTID_SET(?, ?)";
    }

    @Override
    public List<String> readOnly(boolean only) {
        return only
                ? List.of("SET GLOBAL super_read_only = ON")
                : List.of(
                        "SET GLOBAL super_read_only = OFF",
                        "SET GLOBAL read_only = OFF",
                        "SET GLOBAL event_scheduler = ON");
    }

    @Override
    public Optional<MysqlReplicaStatus> status(Connection connection) throws SQLException {
        return MysqlReplicaStatus.of(connection, "Source", "Replica", "Retrieved_Gtid_Set");
    }
}
