package dev.assent.http;

import dev.assent.approval.Consent;
import dev.assent.http.api.ApproveRequest;
import dev.assent.http.api.HeadsAnswer;
import dev.assent.http.api.PlanSummary;
import dev.assent.http.api.Plans;
import dev.assent.http.api.RejectRequest;
import dev.assent.http.api.StoredPlanJson;
import dev.assent.http.api.Wire;
import dev.assent.http.api.YesAnswer;
import dev.assent.model.GroupName;
import dev.assent.plan.Digest;
import dev.assent.plan.render.Estimates;
import dev.assent.reconcile.Yes;
import dev.assent.state.Decision;
import dev.assent.state.StoredPlan;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// Plans: what waits, what one would do, and the answers to it.
final class PlanRoutes {

    private static final int MOST_PLANS = 1000;

    private final Desk desk;

    PlanRoutes(Desk desk) {
        this.desk = desk;
    }

    void register(RoutesConfig routes) {
        routes.get("/api/v1/plans", this::list);
        routes.get("/api/v1/plans/{id}", this::show);
        routes.post("/api/v1/plans/{id}/approve", this::approve);
        routes.post("/api/v1/plans/{id}/reject", this::reject);
        routes.post("/api/v1/plans/{id}/apply", this::apply);
    }

    private void list(Context context) {
        var scope = Question.scope(context);
        var all = "true".equals(context.queryParam("all"));
        var plans = all ? everyPlan(context) : desk.openPlans();
        context.json(
                new Plans(
                        plans.stream()
                                .filter(it ->
                                        scope.map(in -> in.holds(it.plan().application()))
                                                .orElse(true))
                                .map(PlanSummary::of)
                                .toList()));
    }

    private void show(Context context) {
        var plan = FoundPlan.in(desk, context);
        var json = StoredPlanJson.write(plan, desk.estimates(plan.plan()));
        StoredPlanJson.steps(json, desk.steps(plan.digest()));
        StoredPlanJson.overlaps(
                json, desk.overlaps(plan).stream().map(HeadsAnswer.Also::of).toList());
        context.contentType("application/json").result(Wire.MAPPER.writeValueAsString(json));
    }

    private List<StoredPlan> everyPlan(Context context) {
        return desk.plans(Question.scope(context).flatMap(Scope::application), MOST_PLANS);
    }

    private void approve(Context context) {
        var caller = Caller.of(context);
        var request = Question.body(context, ApproveRequest.class);
        var plan = FoundPlan.in(desk, context);
        var destroy = request.destroy().orElse(List.of());
        decided(
                context,
                desk.approve(
                        new Yes(
                                plan.digest().toString(),
                                caller.speaker(),
                                new Consent(
                                        request.digest().map(PlanRoutes::digest),
                                        destroy.stream()
                                                .map(PlanRoutes::group)
                                                .collect(Collectors.toSet()),
                                        request.hold().orElse(false)))));
    }

    private void reject(Context context) {
        var caller = Caller.of(context);
        var reason = Question.body(context, RejectRequest.class).reason().orElse("");
        if (reason.isBlank()) {
            throw Refusal.badRequest("a no needs a reason", "send {\"reason\": \"…\"}");
        }
        var plan = FoundPlan.in(desk, context);
        decided(context, desk.reject(plan.digest().toString(), caller.speaker(), reason));
    }

    private void apply(Context context) {
        var caller = Caller.of(context);
        var plan = FoundPlan.in(desk, context);
        decided(context, desk.apply(plan.digest().toString(), caller.who()));
    }

    static void decided(Context context, Decision decision) {
        switch (decision) {
            case Decision.Decided(var plan) -> answer(context, plan, Estimates.NONE);
            case Decision.Noted(var plan, var missing) ->
                    answer(context, StoredPlanJson.write(plan).put(YesAnswer.MISSING, missing));
            case Decision.Refused(var why) -> throw Refusal.refused(why);
        }
    }

    private static void answer(Context context, StoredPlan plan, Estimates estimates) {
        answer(context, StoredPlanJson.write(plan, estimates));
    }

    private static void answer(Context context, ObjectNode json) {
        context.contentType("application/json").result(Wire.MAPPER.writeValueAsString(json));
    }

    private static Digest digest(String text) {
        return Digest.parse(text)
                .orElseThrow(() ->
                        Refusal.badRequest(
                                "`digest` is not a digest",
                                "write `sha256:` and 64 hexadecimal digits"));
    }

    private static GroupName group(String text) {
        return GroupName.parse(text)
                .orElseThrow(() ->
                        Refusal.badRequest(
                                "`destroy` holds something that is not a group",
                                "write ENGINE/GROUP, for instance mysql/legacy"));
    }
}
