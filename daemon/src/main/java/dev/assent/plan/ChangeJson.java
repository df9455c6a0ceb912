package dev.assent.plan;

import dev.assent.model.GroupName;
import dev.assent.model.ServerName;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.plan.Change.AddServer;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.plan.Change.RemoveGroup;
import dev.assent.plan.Change.RemoveServer;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A change as JSON and back: what a digest covers, what the record keeps and what people review
/// are the same few fields.
public final class ChangeJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ChangeJson() {}

    /// Everything that decides what will be done, and nothing else.
    public static ObjectNode write(Change change) {
        var json = JSON.objectNode();
        json.put("action", change.action());
        json.put("group", change.group().toString());
        switch (change) {
            case CreateGroup create -> {
                json.set("specification", specification(create.specification()));
                create.servers().forEach(it -> json.withArray("servers").add(server(it)));
                json.put("primary", create.primary());
            }
            case AddServer add -> json.set("server", server(add.server()));
            case RemoveServer remove -> json.put("server", remove.server().name());
            case RemoveGroup remove -> {
                ArrayNode servers = json.putArray("servers");
                remove.servers().forEach(it -> servers.add(it.name()));
            }
        }
        return json;
    }

    /// The change that [#write] wrote.
    ///
    /// @throws IllegalArgumentException if the JSON is not one
    public static Change read(JsonNode json) {
        var group =
                GroupName.parse(text(json, "group"))
                        .orElseThrow(() -> new IllegalArgumentException("no group: " + json));
        return switch (text(json, "action")) {
            case "create-group" ->
                    new CreateGroup(
                            group,
                            specification(json.path("specification")),
                            elements(json.path("servers")).map(ChangeJson::server).toList(),
                            json.path("primary").asBoolean());
            case "add-server" -> new AddServer(group, server(json.path("server")));
            case "remove-server" -> new RemoveServer(group, new ServerName(text(json, "server")));
            case "remove-group" ->
                    new RemoveGroup(
                            group,
                            elements(json.path("servers"))
                                    .map(it -> new ServerName(it.asString()))
                                    .toList());
            default -> throw new IllegalArgumentException("no change: " + json);
        };
    }

    private static ObjectNode specification(Specification specification) {
        var json = JSON.objectNode();
        json.put("variant", specification.variant().word());
        specification.version().ifPresent(version -> json.put("version", version.text()));
        json.set("settings", settings(specification.settings()));
        return json;
    }

    private static Specification specification(JsonNode json) {
        return new Specification(
                Variant.of(text(json, "variant")).orElseThrow(IllegalArgumentException::new),
                Optional.of(json.path("version").asString(""))
                        .filter(it -> !it.isEmpty())
                        .map(Version::new),
                settings(json.path("settings")));
    }

    private static ObjectNode server(ServerSpec server) {
        var json = JSON.objectNode();
        json.put("name", server.name().name());
        json.set("settings", settings(server.settings()));
        return json;
    }

    private static ServerSpec server(JsonNode json) {
        return new ServerSpec(new ServerName(text(json, "name")), settings(json.path("settings")));
    }

    private static ObjectNode settings(SortedMap<String, String> settings) {
        var json = JSON.objectNode();
        settings.forEach(json::put);
        return json;
    }

    private static SortedMap<String, String> settings(JsonNode json) {
        var settings = new TreeMap<String, String>();
        json.properties().forEach(it -> settings.put(it.getKey(), it.getValue().asString()));
        return settings;
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return array.valueStream();
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).asString("");
    }
}
