package dev.assent.http;

import dev.assent.http.api.ApplicationVariables;
import dev.assent.http.api.ApplicationVariables.Redeployed;
import dev.assent.http.api.HookReport;
import dev.assent.http.api.RedeployAnswer;
import dev.assent.http.api.VariablesDifference;
import dev.assent.model.ApplicationName;
import dev.assent.model.GroupName;
import dev.assent.reconcile.Redeployment;
import dev.assent.variables.NetworkNames;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The environment variables of applications: shown on request, put in force on request. Here alone
/// are passwords sent, and each time that is audited.
final class VariableRoutes {

    private final Desk desk;

    VariableRoutes(Desk desk) {
        this.desk = desk;
    }

    void register(RoutesConfig routes) {
        routes.get("/api/v1/applications/{app}/{environment}/variables", this::variables);
        routes.get("/api/v1/applications/{app}/{environment}/variables/diff", this::difference);
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
                        NetworkNames.of(shown.pending()),
                        shown.inForce()
                                .map(it ->
                                        new Redeployed(
                                                it.values(),
                                                NetworkNames.of(it.values()),
                                                it.who(),
                                                it.at())),
                        shown.untold().stream().map(GroupName::toString).toList()));
    }

    private void difference(Context context) {
        var application = Question.application(context);
        new Known(desk).check(application);
        context.json(
                new VariablesDifference(
                        application.app(),
                        application.environment(),
                        desk.difference(application).stream()
                                .map(VariablesDifference.Entry::of)
                                .toList()));
    }

    private void redeploy(Context context) {
        var application = Question.application(context);
        var caller = Caller.of(context);
        new Known(desk).check(application);
        context.json(answer(application, caller.who(), desk.redeploy(application, caller.who())));
    }

    private static RedeployAnswer answer(
            ApplicationName application, String who, Redeployment redeployment) {
        return switch (redeployment) {
            case Redeployment.Refused(var why) -> throw Refusal.refused(why);
            case Redeployment.Done done ->
                    new RedeployAnswer(
                            application.app(),
                            application.environment(),
                            RedeployAnswer.DONE,
                            Optional.empty(),
                            List.copyOf(done.inForce().values().keySet()),
                            who,
                            done.inForce().at(),
                            done.envFile().map(Path::toString),
                            done.hook().map(HookReport::of));
            case Redeployment.Failed failed ->
                    new RedeployAnswer(
                            application.app(),
                            application.environment(),
                            RedeployAnswer.FAILED,
                            Optional.of(failed.why()),
                            failed.inForce()
                                    .map(it -> List.copyOf(it.values().keySet()))
                                    .orElse(List.of()),
                            who,
                            failed.at(),
                            failed.envFile().map(Path::toString),
                            failed.hook().map(HookReport::of));
        };
    }
}
