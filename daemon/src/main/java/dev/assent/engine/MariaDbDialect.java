package dev.assent.engine;

import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.Secret;
import dev.assent.model.Version;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// MariaDB 10.6 and newer.
record MariaDbDialect() implements MysqlDialect {

    /// `mariadbd Ver 10.11.19-MariaDB-0+deb12u1 for debian-linux-gnu on x86_64 (Debian 12)`.
    private static final Pattern PRINTED =
            Pattern.compile(".*\\bVer (\\d+\\.\\d+\\.\\d+)-MariaDB\\b.*", Pattern.DOTALL);

    private static final Version OLDEST = new Version("10.6");

    /// The release that can keep its log below a size, and that would keep it for replicas that
    /// were never there.
    private static final Version BOUNDS_ITS_LOG = new Version("11.4");

    private static final Pattern POSITION =
            Pattern.compile("SET GLOBAL gtid_slave_pos='([0-9,-]*)'");

    /// Tables of `mysql` that a new server has as they are, or that are of one server only.
    private static final List<String> OF_ONE_SERVER =
            List.of(
                    "gtid_slave_pos",
                    "innodb_index_stats",
                    "innodb_table_stats",
                    "help_category",
                    "help_keyword",
                    "help_relation",
                    "help_topic");

    @Override
    public String product() {
        return "MariaDB";
    }

    @Override
    public String program() {
        return "mariadbd";
    }

    @Override
    public Optional<Version> versionIn(String printed) {
        var matcher = PRINTED.matcher(printed);
        if (!matcher.matches()) return Optional.empty();
        return Optional.of(new Version(matcher.group(1))).filter(it -> it.compareTo(OLDEST) >= 0);
    }

    /// Encryption would only be for this machine to hide things from itself. A commit is
    /// acknowledged when a replica that keeps up has it, or does not say so for two seconds: a
    /// promotion after a crash loses nothing that was acknowledged then.
    @Override
    public String options(Site site) {
        var bound =
                site.version().compareTo(BOUNDS_ITS_LOG) >= 0
                        ? """
                        max_binlog_total_size = 2G
                        slave_connections_needed_for_purge = 0
                        """
                        : "";
        return """

        basedir = %s
        secure_file_priv = %s
        ignore_db_dirs = %s
        skip_ssl
        innodb_log_file_size = %dM
        aria_pagecache_buffer_size = %dM
        gtid_strict_mode = ON
        rpl_semi_sync_master_enabled = ON
        rpl_semi_sync_master_wait_point = AFTER_SYNC
        rpl_semi_sync_master_timeout = 2000
        # Without a replica there is nobody to wait for.
        rpl_semi_sync_master_wait_no_slave = OFF
        rpl_semi_sync_slave_enabled = ON
        binlog_expire_logs_seconds = 259200
        master_retry_count = 0
        """
                        .formatted(
                                MysqlText.option(MysqlCommands.root(site).toString()),
                                MysqlText.option(MysqlConfiguration.scratch(site).toString()),
                                MysqlConfiguration.scratch(site).getFileName(),
                                MysqlConfiguration.redoMegabytes(site),
                                Math.clamp(site.size().memory() >> 26, 2, 128))
                + bound;
    }

    @Override
    public String optionsOfReplica() {
        return """

        read_only = ON
        """;
    }

    /// The users that every new server has go, but for the one that owns its own views and can
    /// never sign in.
    @Override
    public void initialise(Site site, GroupCredentials credentials, Workbench workbench) {
        var users = site.folder().resolve("users.sql");
        workbench.makeFolder(MysqlConfiguration.scratch(site));
        workbench.write(users, users(site, credentials));
        try {
            workbench.run(install(site, users));
        } finally {
            workbench.delete(users);
        }
    }

    private String users(Site site, GroupCredentials credentials) {
        var statements = new ArrayList<String>();
        statements.add("DELETE FROM mysql.global_priv WHERE User <> 'mariadb.sys'");
        statements.add("DELETE FROM mysql.proxies_priv");
        statements.add("FLUSH PRIVILEGES");
        statements.addAll(new MysqlUsers(this, site.endpoint()).own(credentials));
        return statements.stream().collect(Collectors.joining(";\n", "", ";\n"));
    }

    private static List<String> install(Site site, Path users) {
        return List.of(
                MysqlCommands.beside(site, "mariadb-install-db"),
                "--defaults-file=" + MysqlConfiguration.file(site),
                "--basedir=" + MysqlCommands.root(site),
                "--datadir=" + site.data(),
                "--auth-root-authentication-method=socket",
                "--auth-root-socket-user=root",
                "--skip-name-resolve",
                "--skip-test-db",
                "--skip-log-bin",
                "--force",
                "--extra-file=" + users);
    }

    /// One consistent view of everything in InnoDB, without a lock that anybody would wait for.
    @Override
    public List<String> dump(Site source, Path login) {
        var argv =
                new ArrayList<>(
                        List.of(
                                MysqlCommands.beside(source, "mariadb-dump"),
                                "--defaults-file=" + login,
                                "--skip-ssl",
                                "--all-databases",
                                "--single-transaction",
                                "--gtid",
                                "--master-data=1",
                                "--routines",
                                "--events",
                                "--triggers",
                                "--hex-blob",
                                "--skip-add-locks",
                                "--skip-comments",
                                "--max-allowed-packet=1G"));
        OF_ONE_SERVER.forEach(it -> argv.add("--ignore-table=mysql." + it));
        return argv;
    }

    @Override
    public String identifiedBy(Secret password) {
        return " IDENTIFIED BY PASSWORD '" + MysqlText.nativeHash(password) + "'";
    }

    @Override
    public List<String> beginLoading() {
        return List.of("SET sql_log_bin = 0");
    }

    @Override
    public Optional<String> positionIn(String statement) {
        var matcher = POSITION.matcher(statement);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /// The log begins where the source was, and not nowhere: who copies this server before it has
    /// heard of anything new asks the log.
    @Override
    public List<String> loadedUpTo(Version version, String position) {
        return List.of(
                "RESET MASTER",
                "SET GLOBAL gtid_binlog_state = '%s'".formatted(position),
                "SET GLOBAL gtid_slave_pos = '%s'".formatted(position));
    }

    /// One that was a primary server itself is where its own log ends.
    @Override
    public List<String> followFrom(Endpoint source, Secret password) {
        return List.of(
                "SET GLOBAL gtid_slave_pos = @@global.gtid_current_pos",
                """
                CHANGE MASTER TO
                    MASTER_HOST = %s,
                    MASTER_PORT = %d,
                    MASTER_USER = '%s',
                    MASTER_PASSWORD = %s,
                    MASTER_SSL = 0,
                    MASTER_CONNECT_RETRY = 2,
                    MASTER_USE_GTID = slave_pos\
                """
                        .formatted(
                                MysqlText.literal(source.host()),
                                source.port(),
                                MysqlConnection.REPLICATION,
                                MysqlText.literal(password.reveal())));
    }

    @Override
    public String signInWith(Secret password) {
        return "CHANGE MASTER TO MASTER_PASSWORD = " + MysqlText.literal(password.reveal());
    }

    @Override
    public String position() {
        return "SELECT @@global.gtid_binlog_pos";
    }

    @Override
    public String awaitPosition() {
        return "SELECT MASTER_GTID_WAIT(?, ?)";
    }

    @Override
    public List<String> readOnly(boolean only) {
        return List.of("SET GLOBAL read_only = " + (only ? "ON" : "OFF"));
    }

    @Override
    public Optional<MysqlReplicaStatus> status(Connection connection) throws SQLException {
        return MysqlReplicaStatus.of(connection, "Master", "Slave", "Gtid_IO_Pos");
    }
}
