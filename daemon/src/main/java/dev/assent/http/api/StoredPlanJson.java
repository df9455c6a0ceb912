package dev.assent.http.api;

import dev.assent.plan.Digest;
import dev.assent.plan.RequestJson;
import dev.assent.plan.render.PlanJson;
import dev.assent.state.Asked;
import dev.assent.state.Assent;
import dev.assent.state.PlanState;
import dev.assent.state.Provenance;
import dev.assent.state.StoredPlan;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A plan and what became of it as JSON: the plan's own fields, as they are everywhere, and beside
/// them where it stands.
public final class StoredPlanJson {

    private StoredPlanJson() {}

    public static ObjectNode write(StoredPlan stored) {
        var json = PlanJson.write(stored.plan());
        json.put("state", stored.state().word());
        json.putObject("provenance")
                .put("repository", stored.provenance().repository())
                .put("path", stored.provenance().path())
                .put("commit", stored.provenance().commit());
        stored.asked()
                .ifPresent(it -> {
                    var request = RequestJson.write(it.request());
                    request.put("who", it.who());
                    request.put("words", it.request().words(stored.plan().application()));
                    json.set("asked", request);
                });
        json.put("proposedAt", stored.proposedAt().toString());
        json.put("changedAt", stored.changedAt().toString());
        var assents = json.putArray("assents");
        for (var assent : stored.assents()) {
            var one = assents.addObject();
            one.put("who", assent.who());
            one.put("channel", assent.channel());
            one.put("at", assent.at().toString());
            assent.changes().forEach(one.putArray("changes")::add);
        }
        stored.notBefore().ifPresent(it -> json.put("notBefore", it.toString()));
        stored.reason().ifPresent(it -> json.put("reason", it));
        stored.supersededBy().ifPresent(it -> json.put("supersededBy", it.toString()));
        return json;
    }

    /// The plan that [#write] wrote. Its digest is worked out anew from its changes, so that what
    /// is shown to somebody is what the digest stands for, whoever sent it.
    ///
    /// @throws IllegalArgumentException if the JSON is not one, or its digest is not that of its
    ///   changes
    public static StoredPlan read(JsonNode json) {
        var plan = PlanJson.read(json);
        var provenance = json.path("provenance");
        return new StoredPlan(
                plan,
                plan.digest(),
                PlanState.of(text(json, "state")),
                new Provenance(
                        text(provenance, "repository"),
                        text(provenance, "path"),
                        text(provenance, "commit")),
                json.has("asked") ? Optional.of(asked(json.path("asked"))) : Optional.empty(),
                Instant.parse(text(json, "proposedAt")),
                Instant.parse(text(json, "changedAt")),
                json.path("assents").valueStream().map(StoredPlanJson::assent).toList(),
                optional(json, "notBefore").map(Instant::parse),
                optional(json, "reason"),
                optional(json, "supersededBy").flatMap(Digest::parse));
    }

    private static Asked asked(JsonNode json) {
        return new Asked(RequestJson.read(json), text(json, "who"));
    }

    private static Assent assent(JsonNode json) {
        var changes = new TreeSet<String>();
        json.path("changes").forEach(it -> changes.add(it.asString()));
        return new Assent(
                text(json, "who"), text(json, "channel"), Instant.parse(text(json, "at")), changes);
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).asString("");
    }

    private static Optional<String> optional(JsonNode json, String field) {
        return Optional.of(text(json, field)).filter(it -> !it.isEmpty());
    }
}
