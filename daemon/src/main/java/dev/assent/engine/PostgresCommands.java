package dev.assent.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The command lines of PostgreSQL's programs.
final class PostgresCommands {

    private static final Set<String> UNICODE = Set.of("utf8", "utf-8", "unicode");

    /// The release since which `initdb` can flush the file system as a whole and not a thousand
    /// files one by one, which a busy disk takes many seconds for.
    private static final int FLUSHES_AT_ONCE = 17;

    private PostgresCommands() {}

    /// A new data folder, flushed to disk. Collation is that of code points: the same on every
    /// machine and after every upgrade of its C library, so that no index goes bad.
    static List<String> initialise(Site site, Path passwordFile) {
        var argv =
                new ArrayList<>(
                        List.of(
                                site.program("initdb"),
                                "-D",
                                site.data().toString(),
                                "--username=" + PostgresConnection.ADMIN,
                                "--pwfile=" + passwordFile,
                                "--auth=scram-sha-256",
                                "--data-checksums"));
        var encoding = site.specification().settings().getOrDefault("encoding", "UTF8");
        if (UNICODE.contains(encoding.toLowerCase(Locale.ROOT))) {
            argv.addAll(List.of("--encoding=UTF8", "--locale=C.UTF-8"));
        } else {
            argv.addAll(List.of("--encoding=" + encoding, "--locale=C"));
        }
        if (site.version().major() >= FLUSHES_AT_ONCE) argv.add("--sync-method=syncfs");
        return argv;
    }

    /// The configuration lies beside the data folder: what the server can write, it cannot use to
    /// change who may connect.
    static List<String> run(Site site) {
        return List.of(
                site.program("postgres"),
                "-D",
                site.data().toString(),
                "-c",
                "config_file=" + PostgresConfiguration.file(site));
    }

    /// "Fast": open transactions are rolled back, clients cut off, everything flushed.
    static List<String> stop(Site site) {
        return List.of(
                site.program("pg_ctl"), "stop", "-D", site.data().toString(), "-m", "fast", "-W");
    }
}
