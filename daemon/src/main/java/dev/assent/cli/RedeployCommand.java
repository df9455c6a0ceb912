package dev.assent.cli;

import dev.assent.http.api.HookReport;
import dev.assent.http.api.RedeployAnswer;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "redeploy",
        description = "Put an application's pending variables in force, and run its hook.")
final class RedeployCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin PrintOptions print = new PrintOptions();

    @Parameters(paramLabel = "APP/ENV", description = "The application.")
    String application = "";

    RedeployCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var client = server.connect(terminal)) {
            var answer = client.redeploy(EnvCommand.application(application));
            terminal.out().print(print.json() ? PrintOptions.json(answer) : text(answer));
            terminal.out().flush();
            if (answer.done()) return 0;
            terminal.remark(
                    "%s is not redeployed: %s; the variables in force are those of before"
                            .formatted(application, answer.problem().orElse("no reason known")));
            return Stop.NO;
        }
    }

    private String text(RedeployAnswer answer) {
        var output = answer.hook().map(RedeployCommand::output).orElse("");
        if (!answer.done()) return output;
        var file = answer.envFile().map(it -> "they stand in " + it + "; ").orElse("");
        return output
                + "%d variables of %s are in force now; %sto see them: assent env %s\n"
                        .formatted(answer.variables().size(), application, file, application);
    }

    /// What the hook printed, line by line.
    static String output(HookReport hook) {
        return Terminal.harmless(hook.output())
                .lines()
                .map(it -> "  │ " + it + "\n")
                .collect(Collectors.joining());
    }
}
