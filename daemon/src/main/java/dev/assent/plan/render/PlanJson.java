package dev.assent.plan.render;

import dev.assent.manifest.Code;
import dev.assent.model.ApplicationName;
import dev.assent.model.GroupName;
import dev.assent.model.Place;
import dev.assent.plan.Because;
import dev.assent.plan.ChangeJson;
import dev.assent.plan.Effect;
import dev.assent.plan.Notice;
import dev.assent.plan.Plan;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.plan.Summary;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A plan as JSON, version 1, as `schema/plan.schema.json` describes it; and back.
public final class PlanJson {

    private static final int VERSION = 1;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private PlanJson() {}

    public static ObjectNode write(Plan plan) {
        var json = JSON.objectNode();
        json.put("version", VERSION);
        var digest = plan.digest();
        json.put("id", digest.id());
        json.put("digest", digest.toString());
        json.put("application", plan.application().app());
        json.put("environment", plan.application().environment());
        json.putObject("base").put("serial", plan.baseSerial());
        var changes = json.putArray("changes");
        plan.changes().forEach(it -> changes.add(change(it)));
        var notices = json.putArray("notices");
        plan.notices().forEach(it -> notices.add(notice(it)));
        json.put("unchanged", plan.unchanged());
        var summary = Summary.of(plan);
        json.putObject("summary")
                .put("add", summary.add())
                .put("change", summary.change())
                .put("remove", summary.remove());
        return json;
    }

    /// The plan that [#write] wrote.
    ///
    /// @throws IllegalArgumentException if the JSON is not one, or its digest is not that of its
    ///   changes
    public static Plan read(JsonNode json) {
        if (json.path("version").asInt(0) != VERSION) {
            throw new IllegalArgumentException("no plan of version " + VERSION);
        }
        var plan =
                new Plan(
                        new ApplicationName(text(json, "application"), text(json, "environment")),
                        json.path("base").path("serial").asLong(),
                        json.path("changes").valueStream().map(PlanJson::readChange).toList(),
                        json.path("notices").valueStream().map(PlanJson::readNotice).toList(),
                        json.path("unchanged").asInt(0));
        if (!plan.digest().toString().equals(text(json, "digest"))) {
            throw new IllegalArgumentException(
                    "the changes of plan " + text(json, "id") + " do not have its digest");
        }
        return plan;
    }

    private static ObjectNode change(PlannedChange planned) {
        var json = JSON.objectNode();
        json.put("id", planned.id());
        json.setAll(ChangeJson.write(planned.change()));
        json.put("severity", planned.change().severity().word());
        json.set("because", because(planned.because()));
        planned.dependsOn().forEach(json.putArray("dependsOn")::add);
        json.set("variables", effect(planned.variables()));
        json.put("reach", planned.reach());
        return json;
    }

    private static PlannedChange readChange(JsonNode json) {
        return new PlannedChange(
                text(json, "id"),
                ChangeJson.read(json),
                readBecause(json.path("because")),
                texts(json, "dependsOn").toList(),
                readEffect(json.path("variables")),
                text(json, "reach"));
    }

    private static ObjectNode because(Because because) {
        var json = JSON.objectNode();
        switch (because) {
            case Because.Declared(var place, var commit) -> {
                place(json, place);
                commit.ifPresent(it -> json.put("commit", it));
            }
            case Because.Asked(var who, var request) ->
                    json.put("who", who).put("request", request);
            case Because.Found(var what) -> json.put("found", what);
        }
        return json;
    }

    private static Because readBecause(JsonNode json) {
        if (json.has("path")) {
            return new Because.Declared(place(json), optional(json, "commit"));
        }
        return json.has("found")
                ? new Because.Found(text(json, "found"))
                : new Because.Asked(text(json, "who"), text(json, "request"));
    }

    private static ObjectNode effect(Effect effect) {
        var json = JSON.objectNode();
        effect.added().forEach(json.putArray("added")::add);
        effect.changed().forEach(json.putArray("changed")::add);
        effect.removed().forEach(json.putArray("removed")::add);
        return json;
    }

    private static Effect readEffect(JsonNode json) {
        return new Effect(
                texts(json, "added").collect(Collectors.toCollection(TreeSet::new)),
                texts(json, "changed").collect(Collectors.toCollection(TreeSet::new)),
                texts(json, "removed").collect(Collectors.toCollection(TreeSet::new)));
    }

    private static ObjectNode notice(Notice notice) {
        var json = JSON.objectNode();
        json.put("code", notice.code().word());
        notice.rule().ifPresent(rule -> json.put("rule", rule.id()));
        notice.group().ifPresent(group -> json.put("group", group.toString()));
        json.put("message", notice.message());
        notice.place().ifPresent(place -> place(json, place));
        if (!notice.steps().isEmpty()) notice.steps().forEach(json.putArray("steps")::add);
        return json;
    }

    private static Notice readNotice(JsonNode json) {
        var code =
                Arrays.stream(Notice.Code.values())
                        .filter(it -> it.word().equals(text(json, "code")))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no notice: " + json));
        return new Notice(
                code,
                optional(json, "group").flatMap(GroupName::parse),
                text(json, "message"),
                json.has("path") ? Optional.of(place(json)) : Optional.empty(),
                texts(json, "steps").toList(),
                optional(json, "rule").flatMap(Code::of));
    }

    private static void place(ObjectNode json, Place place) {
        json.put("path", place.path());
        json.put("line", place.line());
        json.put("column", place.column());
        json.put("endLine", place.endLine());
        json.put("endColumn", place.endColumn());
    }

    private static Place place(JsonNode json) {
        return new Place(
                text(json, "path"),
                json.path("line").asInt(),
                json.path("column").asInt(),
                json.path("endLine").asInt(),
                json.path("endColumn").asInt());
    }

    private static Optional<String> optional(JsonNode json, String field) {
        return Optional.of(text(json, field)).filter(it -> !it.isEmpty());
    }

    private static Stream<String> texts(JsonNode json, String field) {
        return json.path(field).valueStream().map(JsonNode::asString);
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).asString("");
    }
}
