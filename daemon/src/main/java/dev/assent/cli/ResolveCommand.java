package dev.assent.cli;

import dev.assent.http.Client;
import dev.assent.http.api.ResolveRequest;
import dev.assent.http.api.StoredPlanJson;
import dev.assent.state.Resolution;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "resolve", description = "Say what became of a step of which nobody else can tell.")
final class ResolveCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin PrintOptions print = new PrintOptions();

    @Parameters(index = "0", paramLabel = "ID", description = "The plan's id or its digest.")
    String id = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "STEP",
            description = "The step, as it is shown where nothing is said of it.")
    Optional<String> step = Optional.empty();

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "adopt|retry|failed",
            description =
                    "What to make of it: it counts as done, it is done again, or it failed. Without this, what can be seen of it is shown.")
    Optional<String> as = Optional.empty();

    ResolveCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var client = server.connect(terminal)) {
            if (as.isEmpty()) return show(client);
            if (Resolution.of(as.get()).isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "say adopt, retry or failed, and not '%s'".formatted(as.get()));
            }
            var plan = client.resolve(id, new ResolveRequest(step, as));
            terminal.out()
                    .print(
                            print.json()
                                    ? PrintOptions.json(StoredPlanJson.write(plan))
                                    : "%s goes on; to watch it: assent follow %s\n"
                                            .formatted(plan.id(), plan.id()));
        }
        return 0;
    }

    private int show(Client client) {
        var doubt = client.doubt(id);
        if (print.json()) {
            terminal.out().print(PrintOptions.json(doubt));
            return 0;
        }
        var decide = "assent resolve %s %s ".formatted(doubt.plan(), doubt.step());
        var table = new Table(2);
        table.row("Step", doubt.step());
        table.row("Was to", Terminal.harmless(doubt.what()));
        table.row("Evidence", Terminal.harmless(doubt.evidence()));
        table.row("It counts as done", decide + Resolution.ADOPT.word());
        table.row("It is done again", decide + Resolution.RETRY.word());
        table.row("It failed", decide + Resolution.FAILED.word());
        terminal.out().print(table);
        return 0;
    }
}
