package dev.assent.forge.fake;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// What a forge answers.
record Reply(int status, String body, Map<String, String> headers) {

    static Reply of(int status, JsonNode json) {
        return new Reply(status, json.toString(), Map.of());
    }

    /// An error in the form that all three forges have.
    static Reply error(int status, String message) {
        return of(status, JsonMapper.shared().createObjectNode().put("message", message));
    }

    static Reply list(Iterable<? extends JsonNode> items) {
        var list = JsonMapper.shared().createArrayNode();
        items.forEach(list::add);
        return of(200, list);
    }

    Reply with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, body, more);
    }

    /// One page of a list, with a link to the next one.
    ///
    /// @param sizeKey how the forge calls the size of a page
    Reply page(Call call, String address, String sizeKey, int otherwise, int most) {
        if (status != 200 || !(JsonMapper.shared().readTree(body) instanceof ArrayNode all)) {
            return this;
        }
        var size = Math.min(most, call.number(sizeKey, otherwise));
        var page = call.number("page", 1);
        var one = JsonMapper.shared().createArrayNode();
        for (var i = (page - 1) * size; i < Math.min(all.size(), page * size); i++) {
            one.add(all.get(i));
        }
        var reply = new Reply(200, one.toString(), headers);
        if (page * size >= all.size()) return reply;
        var query = new LinkedHashMap<>(call.query());
        query.put("page", Integer.toString(page + 1));
        var next =
                query.entrySet().stream()
                        .map(it -> it.getKey() + "=" + encoded(it.getValue()))
                        .reduce((a, b) -> a + "&" + b)
                        .orElse("");
        return reply.with(
                "Link",
                "<%s?%s>; rel=\"next\", <%s?page=1>; rel=\"first\""
                        .formatted(address, next, address));
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }
}
