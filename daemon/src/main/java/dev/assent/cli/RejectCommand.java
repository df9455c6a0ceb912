package dev.assent.cli;

import dev.assent.http.api.StoredPlanJson;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "reject", description = "Say no to a plan.")
final class RejectCommand implements Callable<Integer> {

    static final String SAY_WHY = "say why with --reason '…'";

    private final Terminal terminal;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin PrintOptions print = new PrintOptions();

    @Parameters(paramLabel = "ID", description = "The plan's id or its digest.")
    String id = "";

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Why, for those who proposed it.")
    String reason = "";

    RejectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (reason.isBlank()) throw new ParameterException(spec.commandLine(), SAY_WHY);
        try (var client = server.connect(terminal)) {
            var plan = client.reject(id, reason);
            terminal.out()
                    .print(
                            print.json()
                                    ? PrintOptions.json(StoredPlanJson.write(plan))
                                    : "Rejected " + plan.id() + ".\n");
        }
        return 0;
    }
}
