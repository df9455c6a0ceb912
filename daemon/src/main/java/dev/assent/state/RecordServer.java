package dev.assent.state;

import static java.util.stream.Collectors.joining;

import dev.assent.model.Endpoint;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A database of a PostgreSQL server, for one daemon or several.
///
/// @param hosts one, or several of which the one counts that can be written to
/// @param settings what the URL says of encryption, by libpq's names
/// @param passwordFile read anew for every connection, so that a password can be changed
public record RecordServer(
        String user,
        List<Endpoint> hosts,
        String database,
        Map<String, String> settings,
        Optional<Path> passwordFile)
        implements RecordPlace {

    private static final int PORT = 5432;
    private static final Pattern HOST =
            Pattern.compile(
                    "(?<host>\\[[0-9A-Fa-f:.%]+\\]|[A-Za-z0-9_.-]+)(:(?<port>[0-9]{1,5}))?");

    private static final Set<String> ENCRYPTION =
            Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
    private static final Set<String> FILES = Set.of("sslrootcert", "sslcert", "sslkey");

    public RecordServer {
        hosts = List.copyOf(hosts);
        settings = Map.copyOf(settings);
    }

    /// The database that a URL names: `postgresql://assent@db.example.org:5432/assent`.
    ///
    /// @throws IllegalArgumentException why it is none, as a sentence that does not quote it: there
    ///   may be a password in it
    public static RecordServer at(String url, Optional<Path> passwordFile) {
        var uri = uri(url);
        var authority = Optional.ofNullable(uri.getRawAuthority()).orElse("");
        var at = authority.lastIndexOf('@');
        if (at < 1) throw wrong("the user is missing");
        var user = authority.substring(0, at);
        if (user.contains(":")) {
            throw new IllegalArgumentException(
                    "a password does not belong into the URL; put it into a file and name that in `password_file`");
        }
        var hosts = new ArrayList<Endpoint>();
        for (var each : authority.substring(at + 1).split(",", -1)) hosts.add(host(each));
        var path = Optional.ofNullable(uri.getRawPath()).orElse("");
        if (!path.matches("/[^/]+")) throw wrong("the database is missing");
        return new RecordServer(
                decoded(user),
                hosts,
                decoded(path.substring(1)),
                settings(Optional.ofNullable(uri.getRawQuery())),
                passwordFile);
    }

    private static URI uri(String url) {
        try {
            var uri = URI.create(url);
            if (Set.of("postgresql", "postgres").contains(String.valueOf(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // Said below, without quoting it.
        }
        throw wrong("this is none");
    }

    private static Endpoint host(String text) {
        var host = HOST.matcher(text);
        if (!host.matches()) throw wrong("`%s` is no host".formatted(text));
        var port = Optional.ofNullable(host.group("port")).map(Integer::parseInt).orElse(PORT);
        if (port < 1 || port > 65_535) throw wrong("%d is no port".formatted(port));
        return new Endpoint(host.group("host"), port);
    }

    private static Map<String, String> settings(Optional<String> query) {
        var settings = new TreeMap<String, String>();
        for (var each : query.map(it -> it.split("&")).orElse(new String[0])) {
            var split = each.split("=", 2);
            var name = split[0];
            var value = split.length == 2 ? decoded(split[1]) : "";
            if (name.equals("sslmode") ? !ENCRYPTION.contains(value) : !FILES.contains(name)) {
                throw new IllegalArgumentException(
                        "the URL may say `sslmode` (`disable`, `prefer`, `require`, `verify-ca` or `verify-full`), `sslrootcert`, `sslcert` and `sslkey`, and nothing else");
            }
            settings.put(name, value);
        }
        return settings;
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(
                "the record's address is a URL like `postgresql://assent@db.example.org:5432/assent`; "
                        + what);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /// Without anything secret.
    @Override
    public String toString() {
        return "postgresql://%s@%s/%s"
                .formatted(
                        user,
                        hosts.stream().map(Endpoint::toString).collect(joining(",")),
                        database);
    }
}
