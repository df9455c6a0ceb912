package dev.assent.forge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/// Texts in an address, where nothing of them means anything.
final class Query {

    private static final Pattern SLASH = Pattern.compile("/");

    private Query() {}

    /// `?key=value&key=value`
    static String of(String... keysAndValues) {
        var query = new StringJoiner("&", "?", "");
        for (var i = 0; i < keysAndValues.length; i += 2) {
            query.add(keysAndValues[i] + "=" + encoded(keysAndValues[i + 1]));
        }
        return query.toString();
    }

    /// One part of a path. `.` and `..` would be none.
    static String segment(String text) {
        var encoded = encoded(text);
        return encoded.equals(".") || encoded.equals("..") ? encoded.replace(".", "%2E") : encoded;
    }

    /// A path of several parts.
    static String path(String text) {
        return SLASH.splitAsStream(text)
                .map(Query::segment)
                .reduce((a, b) -> a + "/" + b)
                .orElse("");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
