package dev.assent.http;

import dev.assent.http.api.ReloadAnswer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/// Has the daemon read its configuration anew. It says nothing of what is in it.
final class ConfigurationRoutes {

    private static final String REFUSED =
            "the configuration was not read anew, and the former one stays in force:\n";

    private final Desk desk;

    ConfigurationRoutes(Desk desk) {
        this.desk = desk;
    }

    void register(RoutesConfig routes) {
        routes.post("/api/v1/configuration/reload", this::reload);
    }

    private void reload(Context context) {
        switch (desk.reload(Caller.of(context).who())) {
            case Reload.Taken(var changed) -> context.json(new ReloadAnswer(changed));
            case Reload.Refused(var why) -> throw new Refusal(422, REFUSED + why, "");
        }
    }
}
