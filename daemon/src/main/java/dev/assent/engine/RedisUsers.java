package dev.assent.engine;

import dev.assent.model.GroupCredentials;
import dev.assent.model.Secret;
import dev.assent.model.Version;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The three users of a Redis server and what each may do, as rules of its access lists.
///
/// Passwords are written and sent as their SHA-256: they are 256 bits by chance, which nobody finds
/// again by trying, so no file, no slow log and no `MONITOR` holds one.
final class RedisUsers {

    /// Does everything, and only Assent uses it.
    static final String ADMIN = "assent";

    /// The user as which replicas follow; it can ask for the whole server's data and do nothing
    /// else.
    static final String REPLICATION = "replication";

    /// The application's, since a client that is given a password and no name signs in so.
    static final String APPLICATION = "default";

    /// The release whose access lists know single subcommands, whatever the command.
    private static final int KNOWS_SUBCOMMANDS = 7;

    private RedisUsers() {}

    /// A user and the rules that make it what it is, whatever it was before.
    record User(String name, List<String> rules) {
        User {
            rules = List.copyOf(rules);
        }

        /// As a line of `redis.conf`.
        String line() {
            return "user " + name + " " + String.join(" ", rules);
        }
    }

    static List<User> all(Version version, GroupCredentials credentials) {
        return List.of(
                new User(
                        ADMIN,
                        List.of("reset", "on", hash(credentials.admin()), "~*", "&*", "+@all")),
                new User(
                        REPLICATION,
                        List.of(
                                "reset",
                                "on",
                                hash(credentials.replication()),
                                "+psync",
                                "+replconf",
                                "+ping")),
                application(version, credentials));
    }

    /// All data and what is done with it; not the server itself, nor what would have it connect to
    /// other places or tell the passwords that it uses there (`CONFIG`, `MIGRATE`, `REPLICAOF`,
    /// `DEBUG`, `SHUTDOWN`, `MODULE`). Libraries ask `INFO`, `ROLE` and `CLIENT LIST` when they
    /// connect; frameworks clear a cache by `FLUSHDB` and look around by `KEYS`.
    static User application(Version version, GroupCredentials credentials) {
        var rules =
                new ArrayList<>(
                        List.of(
                                "reset",
                                "on",
                                hash(credentials.password()),
                                "~*",
                                "&*",
                                "+@all",
                                "-@admin",
                                "-@dangerous",
                                "+info",
                                "+role",
                                "+keys",
                                "+sort",
                                "+flushdb",
                                "+flushall",
                                "+swapdb"));
        rules.addAll(
                version.major() >= KNOWS_SUBCOMMANDS
                        ? List.of("+sort_ro", "+client|list", "+client|unblock")
                        : OF_CLIENT);
        return new User(APPLICATION, rules);
    }

    /// Before Redis 7 `CLIENT` is the administrator's as a whole, and is given piece by piece.
    private static final List<String> OF_CLIENT =
            List.of(
                    "+client|caching",
                    "+client|getname",
                    "+client|getredir",
                    "+client|id",
                    "+client|info",
                    "+client|list",
                    "+client|reply",
                    "+client|setinfo",
                    "+client|setname",
                    "+client|tracking",
                    "+client|trackinginfo",
                    "+client|unblock");

    private static String hash(Secret password) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(password.reveal().getBytes(StandardCharsets.UTF_8));
            return "#" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
