package dev.assent.forge.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A request as a forge got it.
///
/// @param path below the API's beginning, still encoded, without its query
record Call(
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        String body) {

    static Call of(HttpExchange exchange, String prefix) throws IOException {
        var query = new LinkedHashMap<String, String>();
        var raw = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        for (var pair : raw.split("&", -1)) {
            if (pair.isEmpty()) continue;
            var parts = pair.split("=", 2);
            query.put(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "");
        }
        var headers = new LinkedHashMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name, values.getFirst()));
        var path = exchange.getRequestURI().getRawPath();
        return new Call(
                exchange.getRequestMethod(),
                path.startsWith(prefix) ? path.substring(prefix.length()) : "<outside of the API>",
                query,
                headers,
                new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, UTF_8);
    }

    /// A header; its name as Java's server writes it: `If-none-match`.
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(body);
    }

    int number(String key, int otherwise) {
        return Integer.parseInt(query.getOrDefault(key, Integer.toString(otherwise)));
    }

    /// The parts of a path that are in the pattern's groups, where it is such a request.
    Optional<Parts> matches(String wantedMethod, Pattern wanted) {
        var matcher = wanted.matcher(path);
        return method.equals(wantedMethod) && matcher.matches()
                ? Optional.of(new Parts(matcher.toMatchResult()))
                : Optional.empty();
    }

    /// Parts of a path.
    record Parts(MatchResult found) {

        String text(int group) {
            return decoded(found.group(group));
        }

        long number(int group) {
            var text = text(group);
            return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
        }
    }
}
