package dev.assent.plan;

import dev.assent.model.Endpoint;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.ServerName;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.plan.Request.AddGroup;
import dev.assent.plan.Request.Adopt;
import dev.assent.plan.Request.MakePrimary;
import dev.assent.plan.Request.Promote;
import dev.assent.plan.Request.Protect;
import dev.assent.plan.Request.RemoveGroup;
import dev.assent.plan.Request.Replicate;
import dev.assent.plan.Request.Resync;
import dev.assent.plan.Request.RotateCredentials;
import dev.assent.plan.Request.Scale;
import dev.assent.plan.Request.StopReplicating;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A request as JSON and back, as the record keeps it until it is decided.
public final class RequestJson {

    private RequestJson() {}

    public static ObjectNode write(Request request) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("group", request.group().toString());
        switch (request) {
            case AddGroup it -> {
                json.put("request", "add-group");
                it.variant().ifPresent(variant -> json.put("variant", variant.word()));
                it.version().ifPresent(version -> json.put("version", version.text()));
            }
            case RemoveGroup _ -> json.put("request", "remove-group");
            case Scale it -> json.put("request", "scale").put("replicas", it.replicas());
            case Promote it ->
                    json.put("request", "promote")
                            .put("server", it.server().name())
                            .put("forsaken", it.forsaken());
            case Resync it -> {
                json.put("request", "resync");
                it.server().ifPresent(server -> json.put("server", server.name()));
            }
            case Replicate it ->
                    json.put("request", "replicate").put("source", it.from().toString());
            case StopReplicating _ -> json.put("request", "stop-replicating");
            case RotateCredentials it ->
                    json.put("request", "rotate-credentials").put("application", it.application());
            case MakePrimary _ -> json.put("request", "primary");
            case Protect it -> json.put("request", "protect").put("protected", it.isProtected());
            case Adopt it -> {
                json.put("request", "adopt");
                json.put("variant", it.specification().variant().word());
                json.put("version", it.specification().version().orElseThrow().text());
                it.server().ifPresent(server -> json.put("server", server.name()));
                json.put("host", it.endpoint().host());
                json.put("port", it.endpoint().port());
                json.put("username", it.username());
                json.put("database", it.database());
            }
        }
        return json;
    }

    /// The request that [#write] wrote.
    ///
    /// @throws IllegalArgumentException if the JSON is not one
    public static Request read(JsonNode json) {
        var group =
                GroupName.parse(text(json, "group"))
                        .orElseThrow(() -> new IllegalArgumentException("no group: " + json));
        return switch (text(json, "request")) {
            case "add-group" -> new AddGroup(group, variant(json), version(json));
            case "remove-group" -> new RemoveGroup(group);
            case "scale" -> new Scale(group, json.path("replicas").asInt());
            case "promote" ->
                    new Promote(
                            group,
                            new ServerName(text(json, "server")),
                            json.path("forsaken").asBoolean());
            case "resync" -> new Resync(group, optional(json, "server").map(ServerName::new));
            case "replicate" ->
                    new Replicate(
                            group,
                            GroupAddress.parse(text(json, "source"))
                                    .orElseThrow(() ->
                                            new IllegalArgumentException("no source: " + json)));
            case "stop-replicating" -> new StopReplicating(group);
            case "rotate-credentials" ->
                    new RotateCredentials(group, json.path("application").asBoolean());
            case "primary" -> new MakePrimary(group);
            case "protect" -> new Protect(group, json.path("protected").asBoolean());
            case "adopt" ->
                    new Adopt(
                            group,
                            Specification.of(variant(json).orElseThrow())
                                    .pinned(version(json).orElseThrow()),
                            optional(json, "server").map(ServerName::new),
                            new Endpoint(text(json, "host"), json.path("port").asInt()),
                            text(json, "username"),
                            text(json, "database"));
            default -> throw new IllegalArgumentException("no request: " + json);
        };
    }

    private static Optional<Variant> variant(JsonNode json) {
        return optional(json, "variant").flatMap(Variant::of);
    }

    private static Optional<Version> version(JsonNode json) {
        return optional(json, "version").map(Version::new);
    }

    private static Optional<String> optional(JsonNode json, String field) {
        return Optional.of(text(json, field)).filter(it -> !it.isEmpty());
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).asString("");
    }
}
