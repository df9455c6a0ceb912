package dev.assent.reconcile.notification;

import dev.assent.configuration.NewsEvent;
import dev.assent.model.ApplicationName;
import dev.assent.plan.Digest;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Something that happened, as notifications tell of it. As JSON it is what lies in the outbox, and
/// what a webhook gets: `schema/notification.schema.json`.
///
/// @param plan the plan that it is about
/// @param summary what the plan would do, in numbers
/// @param who who did it; `assent` is the daemon itself
/// @param detail why, from whom, of what
record News(
        NewsEvent event,
        ApplicationName application,
        Optional<Digest> plan,
        Optional<String> summary,
        String who,
        Instant at,
        String detail) {

    private static final int VERSION = 1;
    private static final JsonMapper MAPPER = new JsonMapper();

    String planId() {
        return plan.map(Digest::id).orElse("");
    }

    ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("version", VERSION);
        json.put("event", event.word());
        json.put("application", application.app());
        json.put("environment", application.environment());
        plan.ifPresent(it -> json.put("plan", it.id()).put("digest", it.toString()));
        summary.ifPresent(it -> json.put("summary", it));
        json.put("who", who);
        json.put("at", at.toString());
        json.put("detail", detail);
        return json;
    }

    String body() {
        return json().toString();
    }

    /// The news that [#body] wrote; empty where an older program wrote them.
    static Optional<News> read(String body) {
        var json = MAPPER.readTree(body);
        if (json.path("version").asInt(0) != VERSION) return Optional.empty();
        return NewsEvent.of(json.path("event").asString(""))
                .map(event ->
                        new News(
                                event,
                                new ApplicationName(
                                        json.path("application").asString(""),
                                        json.path("environment").asString("")),
                                Digest.parse(json.path("digest").asString("")),
                                Optional.ofNullable(json.get("summary")).map(it -> it.asString("")),
                                json.path("who").asString(""),
                                Instant.parse(json.path("at").asString("")),
                                json.path("detail").asString("")));
    }
}
