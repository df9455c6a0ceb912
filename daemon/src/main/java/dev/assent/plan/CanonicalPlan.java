package dev.assent.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// A plan's canonical JSON: application, base serial and changes with their ids, keys in order, no
/// white space. Commits, places and wording stay out, so that a plan reviewed in a pull request is
/// the same plan after the merge.
final class CanonicalPlan {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    private CanonicalPlan() {}

    static Digest digest(Plan plan) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return new Digest(HexFormat.of().formatHex(sha256.digest(bytes(plan))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static byte[] bytes(Plan plan) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("application", plan.application().toString());
        json.put("serial", plan.baseSerial());
        var changes = json.putArray("changes");
        for (var planned : plan.changes()) {
            changes.add(ChangeJson.write(planned.change()).put("id", planned.id()));
        }
        // Through a map, because only maps are written in the order of their keys.
        var ordered = MAPPER.convertValue(json, Object.class);
        return MAPPER.writeValueAsString(ordered).getBytes(StandardCharsets.UTF_8);
    }
}
