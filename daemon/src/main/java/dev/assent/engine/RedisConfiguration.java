package dev.assent.engine;

import dev.assent.model.GroupCredentials;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The text of a server's own files. The server is never told to rewrite them.
final class RedisConfiguration {

    /// Of four parts of a server's memory, those that its data may have: the rest is for what a
    /// copy of the process shares no longer while it writes a snapshot, and for clients and
    /// replicas that are slow to read.
    private static final int PARTS_FOR_DATA = 3;

    /// What is kept for replicas that were away for a moment: this part of the memory.
    private static final int BACKLOG_PART = 32;

    private RedisConfiguration() {}

    static Path file(Site site) {
        return site.folder().resolve("redis.conf");
    }

    /// Holds the password with which a replica follows, the only one that has to be in clear.
    static Path following(Site site) {
        return site.folder().resolve("following.conf");
    }

    static Map<Path, String> of(Site site, Optional<Site> source, GroupCredentials credentials) {
        var users =
                RedisUsers.all(site.version(), credentials).stream()
                        .map(RedisUsers.User::line)
                        .collect(Collectors.joining("\n", "\n", "\n"));
        var files = new LinkedHashMap<Path, String>();
        source.ifPresent(it -> files.put(following(site), follow(it, credentials)));
        files.put(
                file(site),
                settings(site)
                        + users
                        + source.map(_ ->
                                        "%ninclude %s%n"
                                                .formatted(
                                                        RedisText.quoted(
                                                                following(site).toString())))
                                .orElse(""));
        return files;
    }

    /// Every write is on the disk before it is acknowledged (`appendfsync always`): by default
    /// Redis flushes once a second, and a power failure takes what was acknowledged since; while
    /// the disk is slow, so does the end of the process alone. Many clients' writes share one
    /// flush. Who can do without that has memcached.
    private static String settings(Site site) {
        return """
        # Written by Assent, and written anew when the server plays another role.
        bind %s
        port %d
        protected-mode yes
        dir %s
        daemonize no
        logfile ""

        # By its command line it is found again.
        set-proc-title no

        # Every write is on the disk before it is acknowledged.
        appendonly yes
        appendfsync always

        # A snapshot an hour beside that, for whoever wants to copy one; one that fails stops nothing.
        save 3600 1
        stop-writes-on-bgsave-error no

        # What is full says so, and forgets nothing by itself.
        maxmemory %d
        maxmemory-policy noeviction

        # A replica hears from its source every second, so that it knows how far behind it is.
        replica-read-only yes
        repl-ping-replica-period 1
        repl-diskless-sync-delay 0
        repl-backlog-size %d
        """
                .formatted(
                        RedisText.quoted(site.endpoint().host()),
                        site.endpoint().port(),
                        RedisText.quoted(site.data().toString()),
                        site.size().memory() / 4 * PARTS_FOR_DATA,
                        site.size().memory() / BACKLOG_PART);
    }

    private static String follow(Site source, GroupCredentials credentials) {
        return """
        # Written by Assent.
        replicaof %s %d
        masteruser %s
        masterauth %s
        """
                .formatted(
                        RedisText.quoted(source.endpoint().host()),
                        source.endpoint().port(),
                        RedisUsers.REPLICATION,
                        RedisText.quoted(credentials.replication().reveal()));
    }
}
