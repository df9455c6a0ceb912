package dev.assent.plan;

import dev.assent.model.Backups;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// When backups are taken, as JSON and back, in the words of the manifest.
public final class BackupsJson {

    private BackupsJson() {}

    public static ObjectNode write(Backups backups) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("schedule", backups.schedule());
        json.put("keep", backups.keep());
        json.put("type", backups.kind().word());
        json.put("gzip", backups.gzip());
        backups.excludeTables().forEach(json.putArray("exclude_tables")::add);
        json.put("run_on_replica", backups.runOnReplica());
        return json;
    }

    /// The backups that [#write] wrote.
    ///
    /// @throws IllegalArgumentException if the JSON is not one
    public static Backups read(JsonNode json) {
        return new Backups(
                json.path("schedule").asString(""),
                json.path("keep").asInt(),
                Backups.Kind.of(json.path("type").asString("")),
                json.path("gzip").asBoolean(),
                json.path("exclude_tables").valueStream().map(JsonNode::asString).toList(),
                json.path("run_on_replica").asBoolean());
    }
}
