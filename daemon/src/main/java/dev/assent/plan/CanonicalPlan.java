package dev.assent.plan;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// A plan's canonical JSON: application, base serial and changes with their ids, keys in order, no
/// white space. Commits, places and wording stay out, so that a plan reviewed in a pull request is
/// the same plan after the merge.
final class CanonicalPlan {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

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
        return MAPPER.writeValueAsBytes(json);
    }
}
