package dev.assent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "record",
        description = "Print what exists of an application as JSON, for `assent plan --record`.")
final class RecordCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "APP/ENV", description = "The application.")
    String application = "";

    RecordCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var name = EnvCommand.application(application);
        try (var client = server.connect(terminal)) {
            terminal.out().print(PrintOptions.json(client.record(name)));
        }
        return 0;
    }
}
