package dev.assent.http;

import dev.assent.http.api.ExternalAnswer;
import dev.assent.http.api.ExternalRequest;
import dev.assent.model.ApplicationName;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupName;
import dev.assent.model.Secret;
import dev.assent.variables.ExternalGroup;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;

/// Where external groups stand: told, and forgotten again. What is told is written down as a whole;
/// of what it replaces nothing stays.
final class ExternalRoutes {

    private static final String PATH =
            "/api/v1/applications/{app}/{environment}/external/{engine}/{group}";

    private final Desk desk;

    ExternalRoutes(Desk desk) {
        this.desk = desk;
    }

    void register(RoutesConfig routes) {
        routes.put(PATH, this::tell);
        routes.delete(PATH, this::forget);
    }

    private void tell(Context context) {
        var application = Question.application(context);
        var name = group(context);
        var caller = Caller.of(context);
        var told = told(name, Question.body(context, ExternalRequest.class));
        new Known(desk).check(application);
        desk.tell(application, told, caller.who()).ifPresent(ExternalRoutes::refuse);
        answer(context, application, name, Optional.of(told.endpoint().toString()));
    }

    private void forget(Context context) {
        var application = Question.application(context);
        var name = group(context);
        var caller = Caller.of(context);
        new Known(desk).check(application);
        desk.forget(application, name, caller.who()).ifPresent(ExternalRoutes::refuse);
        answer(context, application, name, Optional.empty());
    }

    private static void refuse(String why) {
        throw Refusal.refused(why);
    }

    private static ExternalGroup told(GroupName name, ExternalRequest request) {
        var address = request.address().orElse("");
        if (address.isBlank()) {
            throw Refusal.badRequest(
                    "there is no address", "send {\"address\": \"HOST\"}, and what else is known");
        }
        try {
            var port = request.port().orElse(ExternalGroup.usualPort(name.engine()));
            return new ExternalGroup(
                    name,
                    new Endpoint(address, port),
                    request.username(),
                    request.database(),
                    request.password().map(Secret::of),
                    false);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(String.valueOf(e.getMessage()), "");
        }
    }

    private static void answer(
            Context context,
            ApplicationName application,
            GroupName group,
            Optional<String> endpoint) {
        context.json(
                new ExternalAnswer(
                        application.app(), application.environment(), group.toString(), endpoint));
    }

    private static GroupName group(Context context) {
        var text = context.pathParam("engine") + "/" + context.pathParam("group");
        return GroupName.parse(text)
                .orElseThrow(() ->
                        Refusal.badRequest(
                                "the path names no group",
                                "write ENGINE/GROUP, for instance mysql/legacy"));
    }
}
