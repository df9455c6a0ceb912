package dev.assent.http.api;

import dev.assent.plan.Digest;
import dev.assent.plan.RequestJson;
import dev.assent.plan.render.Estimate;
import dev.assent.plan.render.Estimates;
import dev.assent.plan.render.PlanJson;
import dev.assent.state.Asked;
import dev.assent.state.Assent;
import dev.assent.state.PlanState;
import dev.assent.state.Provenance;
import dev.assent.state.StepStanding;
import dev.assent.state.StepState;
import dev.assent.state.StoredPlan;
import dev.assent.state.Wanted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A plan and what became of it as JSON: the plan's own fields, as they are everywhere, and beside
/// them where it stands.
public final class StoredPlanJson {

    private StoredPlanJson() {}

    /// The same, and how long its changes will take, where that is known.
    public static ObjectNode write(StoredPlan stored, Estimates estimates) {
        var json = write(stored);
        if (estimates.byChange().isEmpty()) return json;
        var all = json.putObject("estimates");
        estimates
                .byChange()
                .forEach((change, it) ->
                        all.putObject(change)
                                .put("milliseconds", it.milliseconds())
                                .put("runs", it.runs()));
        return json;
    }

    public static ObjectNode write(StoredPlan stored) {
        var json = PlanJson.write(stored.plan());
        json.put("state", stored.state().word());
        json.putObject("provenance")
                .put("repository", stored.provenance().repository())
                .put("path", stored.provenance().path())
                .put("commit", stored.provenance().commit());
        json.set("wanted", wanted(stored.wanted()));
        stored.asked()
                .ifPresent(it -> {
                    var request = RequestJson.write(it.request());
                    request.put("who", it.who());
                    request.put("person", it.person());
                    request.put("words", it.request().words(stored.plan().application()));
                    json.set("asked", request);
                });
        json.put("proposedAt", stored.proposedAt().toString());
        json.put("changedAt", stored.changedAt().toString());
        var assents = json.putArray("assents");
        for (var assent : stored.assents()) {
            var one = assents.addObject();
            one.put("who", assent.who());
            one.put("person", assent.person());
            assent.groups().forEach(one.putArray("groups")::add);
            one.put("channel", assent.channel());
            assent.evidence().ifPresent(it -> one.put("evidence", it));
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
                wanted(json.path("wanted")),
                json.has("asked") ? Optional.of(asked(json.path("asked"))) : Optional.empty(),
                Instant.parse(text(json, "proposedAt")),
                Instant.parse(text(json, "changedAt")),
                json.path("assents").valueStream().map(StoredPlanJson::assent).toList(),
                optional(json, "notBefore").map(Instant::parse),
                optional(json, "reason"),
                optional(json, "supersededBy").flatMap(Digest::parse));
    }

    private static ObjectNode wanted(Wanted wanted) {
        var json = Wire.MAPPER.createObjectNode().put("byBranch", wanted.byBranch());
        var heads = json.putArray("byHeads");
        for (var head : wanted.byHeads()) {
            heads.addObject()
                    .put("repository", head.repository())
                    .put("ref", head.ref())
                    .put("name", head.name())
                    .put("foreign", head.foreign());
        }
        wanted.authors().forEach(json.putArray("authors")::add);
        if (wanted.byDrift()) json.put("byDrift", true);
        return json;
    }

    private static Wanted wanted(JsonNode json) {
        var authors = new TreeSet<String>();
        json.path("authors").forEach(it -> authors.add(it.asString()));
        return new Wanted(
                json.path("byBranch").asBoolean(false),
                json.path("byHeads")
                        .valueStream()
                        .map(it ->
                                new Wanted.Head(
                                        text(it, "repository"),
                                        text(it, "ref"),
                                        text(it, "name"),
                                        it.path("foreign").asBoolean(false)))
                        .toList(),
                authors,
                json.path("byDrift").asBoolean(false));
    }

    private static Asked asked(JsonNode json) {
        var who = text(json, "who");
        return new Asked(RequestJson.read(json), who, optional(json, "person").orElse(who));
    }

    /// Writes where the steps stand that were touched.
    public static void steps(ObjectNode json, List<StepStanding> steps) {
        if (steps.isEmpty()) return;
        var all = json.putArray("steps");
        for (var it : steps) {
            all.addObject()
                    .put("step", it.step())
                    .put("state", it.state().word())
                    .put("what", it.what())
                    .put("detail", it.detail())
                    .put("since", it.since().toString());
        }
    }

    /// Reads that.
    public static List<StepStanding> steps(JsonNode json) {
        return json.path("steps")
                .valueStream()
                .map(it ->
                        new StepStanding(
                                text(it, "step"),
                                StepState.of(text(it, "state")),
                                text(it, "what"),
                                text(it, "detail"),
                                Instant.parse(text(it, "since"))))
                .toList();
    }

    /// Writes which other heads' plans touch some of the same groups.
    public static void overlaps(ObjectNode json, List<HeadsAnswer.Also> overlaps) {
        if (overlaps.isEmpty()) return;
        var all = json.putArray("overlaps");
        for (var it : overlaps) {
            var one = all.addObject().put("head", it.head()).put("plan", it.plan());
            it.groups().forEach(one.putArray("groups")::add);
        }
    }

    /// Reads that.
    public static List<HeadsAnswer.Also> overlaps(JsonNode json) {
        return json.path("overlaps")
                .valueStream()
                .map(it ->
                        new HeadsAnswer.Also(
                                text(it, "head"),
                                text(it, "plan"),
                                it.path("groups").valueStream().map(JsonNode::asString).toList()))
                .toList();
    }

    /// What was written beside the plan of how long its changes will take.
    ///
    /// @throws IllegalArgumentException if that makes no sense
    public static Estimates estimates(JsonNode json) {
        var estimates = new TreeMap<String, Estimate>();
        json.path("estimates")
                .forEachEntry((change, it) ->
                        estimates.put(
                                change,
                                new Estimate(
                                        it.path("milliseconds").asLong(),
                                        it.path("runs").asInt())));
        return new Estimates(estimates);
    }

    private static Assent assent(JsonNode json) {
        var changes = new TreeSet<String>();
        json.path("changes").forEach(it -> changes.add(it.asString()));
        var groups = new TreeSet<String>();
        json.path("groups").forEach(it -> groups.add(it.asString()));
        return new Assent(
                text(json, "who"),
                text(json, "person"),
                groups,
                text(json, "channel"),
                optional(json, "evidence"),
                Instant.parse(text(json, "at")),
                changes);
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).asString("");
    }

    private static Optional<String> optional(JsonNode json, String field) {
        return Optional.of(text(json, field)).filter(it -> !it.isEmpty());
    }
}
