package dev.assent.http;

import dev.assent.http.api.ApplicationVariables;
import dev.assent.http.api.ApplicationVariables.Redeployed;
import dev.assent.http.api.RedeployAnswer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;

/// The environment variables of applications: shown on request, put in force on request. Here alone
/// are passwords sent, and each time that is audited.
final class VariableRoutes {

    private final Desk desk;

    VariableRoutes(Desk desk) {
        this.desk = desk;
    }

    void register(RoutesConfig routes) {
        routes.get("/api/v1/applications/{app}/{environment}/variables", this::variables);
        routes.post("/api/v1/applications/{app}/{environment}/redeploy", this::redeploy);
    }

    private void variables(Context context) {
        var application = Question.application(context);
        var caller = Caller.of(context);
        new Known(desk).check(application);
        var shown = desk.variables(application, caller.who());
        context.json(
                new ApplicationVariables(
                        application.app(),
                        application.environment(),
                        shown.pending(),
                        shown.inForce().map(it -> new Redeployed(it.values(), it.who(), it.at()))));
    }

    private void redeploy(Context context) {
        var application = Question.application(context);
        var caller = Caller.of(context);
        new Known(desk).check(application);
        var inForce = desk.redeploy(application, caller.who());
        context.json(
                new RedeployAnswer(
                        application.app(),
                        application.environment(),
                        List.copyOf(inForce.values().keySet()),
                        inForce.who(),
                        inForce.at()));
    }
}
