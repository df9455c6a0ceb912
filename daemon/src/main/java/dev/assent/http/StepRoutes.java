package dev.assent.http;

import dev.assent.http.api.DoubtAnswer;
import dev.assent.http.api.ResolveRequest;
import dev.assent.state.Resolution;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/// Plans that are under way: what is said of their steps.
final class StepRoutes {

    private final Desk desk;

    StepRoutes(Desk desk) {
        this.desk = desk;
    }

    void register(RoutesConfig routes) {
        routes.get("/api/v1/plans/{id}/doubt", this::doubt);
        routes.post("/api/v1/plans/{id}/resolve", this::resolve);
        routes.post("/api/v1/plans/{id}/cancel", this::cancel);
    }

    private void doubt(Context context) {
        var plan = FoundPlan.in(desk, context);
        var doubt =
                desk.doubt(plan)
                        .orElseThrow(() ->
                                Refusal.refused(
                                        "%s is %s, and waits for no decision on a step; see where it stands: assent show %s"
                                                .formatted(
                                                        plan.id(),
                                                        plan.state().word(),
                                                        plan.id())));
        context.json(new DoubtAnswer(plan.id(), doubt.step(), doubt.what(), doubt.evidence()));
    }

    private void resolve(Context context) {
        var caller = Caller.of(context);
        var request = Question.body(context, ResolveRequest.class);
        var step =
                request.step()
                        .orElseThrow(() ->
                                Refusal.badRequest(
                                        "`step` is missing",
                                        "send the id of the step, as GET …/doubt tells it"));
        var resolution =
                request.as()
                        .flatMap(Resolution::of)
                        .orElseThrow(() ->
                                Refusal.badRequest(
                                        "`as` says nothing that can be made of a step",
                                        "send `adopt`, `retry` or `failed`"));
        var plan = FoundPlan.in(desk, context);
        PlanRoutes.decided(
                context, desk.resolve(plan.digest().toString(), step, resolution, caller.who()));
    }

    private void cancel(Context context) {
        var caller = Caller.of(context);
        var plan = FoundPlan.in(desk, context);
        PlanRoutes.decided(context, desk.cancel(plan.digest().toString(), caller.who()));
    }
}
