package dev.assent.cli;

import dev.assent.http.Client;
import dev.assent.http.api.AskRequest;
import dev.assent.http.api.StoredPlanJson;
import dev.assent.model.GroupAddress;
import dev.assent.plan.render.PlanText;
import dev.assent.state.StoredPlan;
import java.util.function.Function;
import picocli.CommandLine.Mixin;

/// What all commands share that ask for something: they print the plan which comes of it, and how
/// to go on.
final class Asking {

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin PrintOptions print = new PrintOptions();

    /// Asks for something about a group.
    ///
    /// @return the exit code
    int ask(Terminal terminal, GroupAddress group, AskRequest request) {
        return ask(terminal, client -> client.ask(group.application(), request));
    }

    /// Asks, and shows the plan.
    ///
    /// @return the exit code
    int ask(Terminal terminal, Function<Client, StoredPlan> question) {
        try (var client = server.connect(terminal)) {
            var plan = question.apply(client);
            if (print.json()) {
                terminal.out().print(PrintOptions.json(StoredPlanJson.write(plan)));
            } else {
                var shown = client.shown(plan.digest().toString());
                terminal.out()
                        .print(
                                PlanText.of(plan.plan(), print.look(terminal), shown.estimates())
                                        + "\n"
                                        + Standing.of(plan, terminal.clock().instant()));
            }
        }
        return 0;
    }
}
