package dev.assent.http.api;

import dev.assent.model.GroupAddress;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.plan.BackupsJson;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What exists of an application as JSON, version 1, as `schema/record.schema.json` describes it:
/// what `assent record` prints and `assent plan --record` reads. It holds no secret.
public final class RecordJson {

    static final int VERSION = 1;

    private RecordJson() {}

    public static ObjectNode write(ExportedRecord exported) {
        var recorded = exported.recorded();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("version", VERSION);
        json.put("application", recorded.application().app());
        json.put("environment", recorded.application().environment());
        json.put("serial", recorded.serial());
        var groups = json.putArray("groups");
        recorded.groups().forEach(it -> groups.add(group(it)));
        if (!exported.neighbours().groups().isEmpty()) {
            var neighbours = json.putArray("neighbours");
            exported.neighbours().groups().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(it -> {
                        var neighbour = neighbour(it.getKey(), it.getValue());
                        Optional.ofNullable(
                                        exported.neighbours()
                                                .providers()
                                                .get(it.getKey().application()))
                                .ifPresent(provider -> neighbour.put("provider", provider));
                        neighbours.add(neighbour);
                    });
        }
        return json;
    }

    private static ObjectNode neighbour(GroupAddress address, RecordedGroup group) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("application", address.application().app());
        json.put("environment", address.application().environment());
        return json.setAll(group(group));
    }

    private static ObjectNode group(RecordedGroup group) {
        var json = JsonNodeFactory.instance.objectNode();
        var standing = group.standing();
        json.put("group", group.name().toString());
        json.put("variant", group.specification().variant().word());
        json.put("version", group.version().text());
        settings(json, group.specification().settings());
        json.put("origin", group.origin().name().toLowerCase(Locale.ROOT));
        json.put("declared", standing.declared());
        json.put("primary", standing.primary());
        json.put("protected", standing.isProtected());
        standing.replicatesFrom().ifPresent(it -> json.put("replicates_from", it.toString()));
        standing.backups().ifPresent(it -> json.set("backups", BackupsJson.write(it)));
        var servers = json.putArray("servers");
        group.servers().forEach(it -> servers.add(server(it)));
        return json;
    }

    private static ObjectNode server(RecordedServer server) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("name", server.name().name());
        settings(json, server.spec().settings());
        json.put("host", server.endpoint().host());
        json.put("port", server.endpoint().port());
        return json;
    }

    private static void settings(ObjectNode json, SortedMap<String, String> settings) {
        var all = json.putObject("settings");
        settings.forEach(all::put);
    }
}
