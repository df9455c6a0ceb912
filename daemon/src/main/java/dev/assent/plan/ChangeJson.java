package dev.assent.plan;

import dev.assent.model.Backups;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.ServerName;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.plan.Change.AcceptVersion;
import dev.assent.plan.Change.AddServer;
import dev.assent.plan.Change.AdoptGroup;
import dev.assent.plan.Change.ChangeSetting;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.plan.Change.PromoteServer;
import dev.assent.plan.Change.ReleaseGroup;
import dev.assent.plan.Change.RemoveGroup;
import dev.assent.plan.Change.RemoveServer;
import dev.assent.plan.Change.Repair;
import dev.assent.plan.Change.RepairServer;
import dev.assent.plan.Change.ResyncServer;
import dev.assent.plan.Change.RotateCredentials;
import dev.assent.plan.Change.SetBackups;
import dev.assent.plan.Change.SetPrimary;
import dev.assent.plan.Change.SetProtection;
import dev.assent.plan.Change.StartReplication;
import dev.assent.plan.Change.StopReplication;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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
                // Left out where it is the usual one.
                if (create.origin() != Origin.MANIFEST) json.put("origin", word(create.origin()));
                create.servers().forEach(it -> json.withArray("servers").add(server(it)));
                json.put("primary", create.primary());
            }
            case AdoptGroup adopt -> {
                json.set("specification", specification(adopt.specification()));
                json.put("server", adopt.server().name());
                json.put("host", adopt.endpoint().host());
                json.put("port", adopt.endpoint().port());
                json.put("username", adopt.username());
                json.put("database", adopt.database());
                json.put("primary", adopt.primary());
            }
            case AddServer add -> json.set("server", server(add.server()));
            case ChangeSetting set -> {
                set.server().ifPresent(it -> json.put("server", it.name()));
                json.put("setting", set.setting());
                set.from().ifPresent(it -> json.put("from", it));
                json.put("to", set.to());
            }
            case SetBackups set -> {
                set.from().ifPresent(it -> json.set("from", BackupsJson.write(it)));
                set.to().ifPresent(it -> json.set("to", BackupsJson.write(it)));
            }
            case SetProtection set -> json.put("protected", set.isProtected());
            case StopReplication stop -> json.put("source", stop.source().toString());
            case StartReplication start -> json.put("source", start.source().toString());
            case SetPrimary set -> set.from().ifPresent(it -> json.put("from", it.toString()));
            case PromoteServer promote -> {
                json.put("server", promote.server().name());
                json.put("from", promote.from().name());
                json.put("forsaken", promote.forsaken());
            }
            case ResyncServer resync -> {
                json.put("server", resync.server().name());
                json.put("diverged", resync.diverged());
            }
            case RotateCredentials rotate -> json.put("application", rotate.application());
            case RepairServer repair -> {
                json.put("server", repair.server().name());
                json.put("repair", repair.repair().word());
            }
            case AcceptVersion accept -> {
                json.put("from", accept.from().text());
                json.put("to", accept.to().text());
            }
            case RemoveServer remove -> json.put("server", remove.server().name());
            case RemoveGroup remove -> json.set("servers", names(remove.servers()));
            case ReleaseGroup release -> json.set("servers", names(release.servers()));
        }
        return json;
    }

    /// The change that [#write] wrote.
    ///
    /// @throws IllegalArgumentException if the JSON is not one
    public static Change read(JsonNode json) {
        var group = groupName(json, "group").orElseThrow(() -> wrong("group", json));
        return switch (text(json, "action")) {
            case "create-group" ->
                    new CreateGroup(
                            group,
                            specification(json.path("specification")),
                            optional(json, "origin")
                                    .map(ChangeJson::origin)
                                    .orElse(Origin.MANIFEST),
                            json.path("servers").valueStream().map(ChangeJson::server).toList(),
                            json.path("primary").asBoolean());
            case "adopt-group" ->
                    new AdoptGroup(
                            group,
                            specification(json.path("specification")),
                            new ServerName(text(json, "server")),
                            new Endpoint(text(json, "host"), json.path("port").asInt()),
                            text(json, "username"),
                            text(json, "database"),
                            json.path("primary").asBoolean());
            case "add-server" -> new AddServer(group, server(json.path("server")));
            case "change-setting" ->
                    new ChangeSetting(
                            group,
                            optional(json, "server").map(ServerName::new),
                            text(json, "setting"),
                            json.has("from") ? Optional.of(text(json, "from")) : Optional.empty(),
                            text(json, "to"));
            case "set-backups" -> new SetBackups(group, backups(json, "from"), backups(json, "to"));
            case "set-protection" -> new SetProtection(group, json.path("protected").asBoolean());
            case "stop-replication" -> new StopReplication(group, source(json));
            case "start-replication" -> new StartReplication(group, source(json));
            case "set-primary" -> new SetPrimary(group, groupName(json, "from"));
            case "promote-server" ->
                    new PromoteServer(
                            group,
                            new ServerName(text(json, "server")),
                            new ServerName(text(json, "from")),
                            json.path("forsaken").asBoolean());
            case "resync-server" ->
                    new ResyncServer(
                            group,
                            new ServerName(text(json, "server")),
                            json.path("diverged").asBoolean());
            case "rotate-credentials" ->
                    new RotateCredentials(group, json.path("application").asBoolean());
            case "repair-server" ->
                    new RepairServer(
                            group,
                            new ServerName(text(json, "server")),
                            Repair.valueOf(text(json, "repair").toUpperCase(Locale.ROOT)));
            case "accept-version" ->
                    new AcceptVersion(
                            group, new Version(text(json, "from")), new Version(text(json, "to")));
            case "remove-server" -> new RemoveServer(group, new ServerName(text(json, "server")));
            case "remove-group" -> new RemoveGroup(group, names(json.path("servers")));
            case "release-group" -> new ReleaseGroup(group, names(json.path("servers")));
            default -> throw wrong("change", json);
        };
    }

    private static String word(Origin origin) {
        return origin.name().toLowerCase(Locale.ROOT);
    }

    private static Origin origin(String word) {
        return Origin.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static ArrayNode names(List<ServerName> servers) {
        var json = JSON.arrayNode();
        servers.forEach(it -> json.add(it.name()));
        return json;
    }

    private static List<ServerName> names(JsonNode json) {
        return json.valueStream().map(it -> new ServerName(it.asString())).toList();
    }

    private static Optional<GroupName> groupName(JsonNode json, String field) {
        return optional(json, field).flatMap(GroupName::parse);
    }

    private static GroupAddress source(JsonNode json) {
        return GroupAddress.parse(text(json, "source")).orElseThrow(() -> wrong("source", json));
    }

    private static Optional<Backups> backups(JsonNode json, String field) {
        return json.has(field) ? Optional.of(BackupsJson.read(json.path(field))) : Optional.empty();
    }

    private static IllegalArgumentException wrong(String what, JsonNode json) {
        return new IllegalArgumentException("no " + what + ": " + json);
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
                optional(json, "version").map(Version::new),
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

    private static Optional<String> optional(JsonNode json, String field) {
        return Optional.of(text(json, field)).filter(it -> !it.isEmpty());
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).asString("");
    }
}
