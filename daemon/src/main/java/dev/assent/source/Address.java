package dev.assent.source;

import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.URIish;

/// A repository's URL, taken apart. Credentials in a URL end up in logs and messages: one with a
/// password is refused, and the refusal doesn't repeat it.
///
/// @param uri where to connect; over HTTP without the user, so that no message can show it
/// @param user the user that is to sign in, if the URL names one
record Address(Kind kind, URIish uri, Optional<String> user) {

    enum Kind {
        FILE,
        HTTP,
        SSH
    }

    private static final Pattern URL =
            Pattern.compile(
                    "(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?<authority>[^/]*)(?<path>/.*)?");
    private static final Pattern SCP =
            Pattern.compile("(?<login>[\\w.-]+@[\\w.-]+):(?<path>[^/:@].*)");
    private static final Pattern UNFIT = Pattern.compile("[\\s\\p{Cc}\\p{Cf}]");

    /// Reads a URL.
    ///
    /// @throws IllegalArgumentException if it is none that can be watched
    static Address of(String url) {
        var parts = URL.matcher(url);
        if (!parts.matches()) throw refused(url, withoutScheme(url));
        var scheme = parts.group("scheme").toLowerCase(Locale.ROOT);
        var authority = parts.group("authority");
        int at = authority.lastIndexOf('@');
        if (at >= 0 && authority.substring(0, at).indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "A repository's URL must not hold a password. Put it into a file that only"
                            + " the service can read and name that as the repository's"
                            + " `token_file`.");
        }
        var user = at < 0 ? Optional.<String>empty() : Optional.of(authority.substring(0, at));
        return switch (scheme) {
            case "file" -> file(url, authority);
            case "http", "https" -> network(Kind.HTTP, url, user);
            case "ssh" -> network(Kind.SSH, url, user);
            default -> throw refused(url, "write it as `https://`, `ssh://` or `file://`");
        };
    }

    private static Address file(String url, String authority) {
        if (!authority.isEmpty()) throw refused(url, "a path is written `file:///folder/name.git`");
        return new Address(Kind.FILE, parse(url), Optional.empty());
    }

    private static Address network(Kind kind, String url, Optional<String> user) {
        if (UNFIT.matcher(url).find()) throw refused(url, "it has blanks or control characters");
        if (url.indexOf('?') >= 0 || url.indexOf('#') >= 0) {
            throw refused(url, "leave out what begins with `?` or `#`");
        }
        var uri = parse(url);
        if (uri.getHost() == null || uri.getHost().isEmpty()) throw refused(url, "it has no host");
        return new Address(kind, kind == Kind.HTTP ? uri.setUser(null) : uri, user);
    }

    private static URIish parse(String url) {
        try {
            int colon = url.indexOf(':');
            return new URIish(
                    url.substring(0, colon).toLowerCase(Locale.ROOT) + url.substring(colon));
        } catch (URISyntaxException _) {
            // The cause would repeat the URL.
            throw refused(url, "it is no URL");
        }
    }

    private static String withoutScheme(String url) {
        var scp = SCP.matcher(url);
        if (scp.matches()) {
            return "write it as `ssh://" + scp.group("login") + "/" + scp.group("path") + "`";
        }
        if (url.startsWith("/")) return "write it as `file://" + url + "`";
        return "write it as `https://`, `ssh://` or `file://`";
    }

    private static IllegalArgumentException refused(String url, String why) {
        // What stands before an `@` may be a secret in the wrong place.
        var shown = url.substring(url.lastIndexOf('@') + 1);
        return new IllegalArgumentException(
                "`"
                        + UNFIT.matcher(shown).replaceAll("?")
                        + "` is no repository's URL that can be watched: "
                        + why
                        + ".");
    }

    /// The URL as messages show it.
    @Override
    public String toString() {
        return uri.toString();
    }
}
