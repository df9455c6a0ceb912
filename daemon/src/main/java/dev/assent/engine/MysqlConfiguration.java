package dev.assent.engine;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The text of a server's option file, as far as the whole family understands it.
final class MysqlConfiguration {

    private static final Set<String> UNICODE = Set.of("utf8", "utf-8", "utf8mb4", "unicode");
    private static final Pattern ENCODING = Pattern.compile("[a-z0-9]{1,32}");

    private static final long MB = 1 << 20;

    /// From here on there is memory to spare for the server's looking at itself.
    private static final long ROOMY = 1024 * MB;

    private MysqlConfiguration() {}

    static Path file(Site site) {
        return site.folder().resolve("server.cnf");
    }

    /// The one folder for files of sorting and of `LOAD DATA`: the latter is for superusers, and
    /// they get no further.
    static Path scratch(Site site) {
        return site.data().resolve(".scratch");
    }

    /// It listens at one address and on no socket in the file system, which no password would
    /// guard. Whoever comes is known by address, not by a name that somebody else looks after.
    static String of(Site site) {
        return """
        # Written by Assent, and written anew when it builds the server again.
        [server]
        datadir = %s
        tmpdir = %s
        pid_file = %s
        bind_address = %s
        port = %d
        socket =
        skip_name_resolve = ON
        local_infile = OFF
        symbolic_links = OFF

        server_id = %d
        log_bin = binlog
        binlog_format = ROW
        log_slave_updates = ON
        log_bin_trust_function_creators = ON
        max_binlog_size = 64M
        sync_binlog = 1
        innodb_flush_log_at_trx_commit = 1
        # A source that vanishes without a word is noticed by its missing heartbeat.
        slave_net_timeout = 10

        character_set_server = %s
        default_time_zone = '+00:00'
        max_allowed_packet = 64M

        %s\
        """
                .formatted(
                        MysqlText.option(site.data().toString()),
                        MysqlText.option(scratch(site).toString()),
                        MysqlText.option(site.data().resolve("server.pid").toString()),
                        MysqlText.option(site.endpoint().host()),
                        site.endpoint().port(),
                        MysqlServerId.of(site.server()),
                        encoding(site),
                        memory(site.size().memory()));
    }

    /// Half is for InnoDB's pages. What is left has to do for connections, of which each needs some
    /// hundred kilobytes, now and then a few megabytes.
    private static String memory(long memory) {
        return """
        performance_schema = %s
        innodb_buffer_pool_size = %dM
        innodb_log_buffer_size = %dM
        key_buffer_size = %dM
        tmp_table_size = %dM
        max_heap_table_size = %dM
        max_connections = %d
        table_open_cache = %d
        """
                .formatted(
                        memory >= ROOMY ? "ON" : "OFF",
                        megabytes(memory / 2, 16, Long.MAX_VALUE / MB),
                        megabytes(memory / 32, 2, 64),
                        megabytes(memory / 64, 1, 64),
                        megabytes(memory / 16, 2, 64),
                        megabytes(memory / 16, 2, 64),
                        megabytes(memory / 2, 32, 1000),
                        memory >= ROOMY ? 2000 : 400);
    }

    /// The part of the log that is written before the pages are.
    static long redoMegabytes(Site site) {
        return megabytes(site.size().memory() / 4, 16, 1024);
    }

    private static long megabytes(long bytes, long least, long most) {
        return Math.clamp(bytes / MB, least, most);
    }

    /// What a manifest calls Unicode is the encoding that has all of it.
    private static String encoding(Site site) {
        var encoding =
                site.specification()
                        .settings()
                        .getOrDefault("encoding", "utf8mb4")
                        .toLowerCase(Locale.ROOT);
        if (UNICODE.contains(encoding)) return "utf8mb4";
        if (ENCODING.matcher(encoding).matches()) return encoding;
        throw new EngineException(
                "`%s` is no encoding of %s; leave it out for utf8mb4"
                        .formatted(encoding, site.specification().variant()));
    }
}
