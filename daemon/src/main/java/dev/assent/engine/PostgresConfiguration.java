package dev.assent.engine;

import dev.assent.model.Endpoint;
import dev.assent.model.Secret;
import java.nio.file.Path;
import java.util.Map;

/// The text of a server's own files. What is not said here is PostgreSQL's default, which is
/// durable: `fsync`, `full_page_writes` and `synchronous_commit` are on.
final class PostgresConfiguration {

    private PostgresConfiguration() {}

    static Path file(Site site) {
        return site.folder().resolve("postgresql.conf");
    }

    static Path hosts(Site site) {
        return site.folder().resolve("pg_hba.conf");
    }

    /// Holds the password with which a replica follows its primary server.
    static Path passwordFile(Site site) {
        return site.folder().resolve("replication.pgpass");
    }

    static Map<Path, String> ofPrimary(Site site) {
        return Map.of(file(site), settings(site), hosts(site), HOSTS);
    }

    static Map<Path, String> ofReplica(Site site, Endpoint primary, Secret password) {
        return Map.of(
                file(site),
                settings(site) + following(site, primary),
                hosts(site),
                HOSTS,
                passwordFile(site),
                passwordLine(primary, password));
    }

    /// Everybody needs a password, and nobody comes from elsewhere than this machine.
    private static final String HOSTS =
            """
            # Written by Assent, and written anew when it builds the server again.
            host all         all samehost scram-sha-256
            host replication %s samehost scram-sha-256
            """
                    .formatted(PostgresConnection.REPLICATION);

    /// What stands there instead in a server that is being fenced.
    static final String OURS_ALONE =
            """
            # Written by Assent, which moves the application to another server.
            host all         %s samehost scram-sha-256
            host replication %s samehost scram-sha-256
            """
                    .formatted(PostgresConnection.ADMIN, PostgresConnection.REPLICATION);

    /// As long as this file is there, the server is a replica.
    static Path standbySignal(Site site) {
        return site.data().resolve("standby.signal");
    }

    private static String settings(Site site) {
        var megabytes = site.size().memory() >> 20;
        return """
        # Written by Assent, and written anew when it builds the server again.
        listen_addresses = %s
        port = %d
        unix_socket_directories = ''
        hba_file = %s
        password_encryption = 'scram-sha-256'

        shared_buffers = '%dMB'
        effective_cache_size = '%dMB'
        maintenance_work_mem = '%dMB'

        # A replica that is gone for long is cloned again and must not fill the disk until then.
        max_slot_wal_keep_size = '2GB'

        # A replica that comes to follow this server need not be cloned for the little that it lacks.
        wal_keep_size = '128MB'
        wal_retrieve_retry_interval = '500ms'

        timezone = 'UTC'
        log_timezone = 'UTC'
        lc_messages = 'C'
        log_line_prefix = '%%m [%%p] '
        """
                .formatted(
                        PostgresText.setting(site.endpoint().host()),
                        site.endpoint().port(),
                        PostgresText.setting(hosts(site).toString()),
                        megabytes / 4,
                        megabytes / 4 * 3,
                        megabytes / 16);
    }

    private static String following(Site site, Endpoint primary) {
        var connection =
                "host=%s port=%d user=%s passfile=%s application_name=%s sslmode=disable"
                        .formatted(
                                PostgresText.connectionValue(primary.host()),
                                primary.port(),
                                PostgresConnection.REPLICATION,
                                PostgresText.connectionValue(passwordFile(site).toString()),
                                PostgresSlot.of(site.server()).name());
        return """

        primary_conninfo = %s
        primary_slot_name = %s
        """
                .formatted(
                        PostgresText.setting(connection),
                        PostgresText.setting(PostgresSlot.of(site.server()).name()));
    }

    private static String passwordLine(Endpoint primary, Secret password) {
        return "%s:%d:*:%s:%s%n"
                .formatted(
                        PostgresText.passwordField(primary.host()),
                        primary.port(),
                        PostgresConnection.REPLICATION,
                        PostgresText.passwordField(password.reveal()));
    }
}
