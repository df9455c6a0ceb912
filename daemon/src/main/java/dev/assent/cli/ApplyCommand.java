package dev.assent.cli;

import dev.assent.http.api.ProgressReport;
import dev.assent.http.api.StoredPlanJson;
import dev.assent.state.StoredPlan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "apply", description = "Start an approved plan or resume a failed one; watch it.")
final class ApplyCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin PrintOptions print = new PrintOptions();

    @Parameters(paramLabel = "ID", description = "The plan's id or its digest.")
    String id = "";

    @Option(names = "--no-follow", description = "Don't watch it.")
    boolean noFollow;

    ApplyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        long seen;
        StoredPlan started;
        try (var client = server.connect(terminal)) {
            // What an earlier attempt wrote is no news.
            seen =
                    client.progress(id, 0, 0).entries().stream()
                            .mapToLong(ProgressReport.Entry::number)
                            .max()
                            .orElse(0);
            started = client.apply(id);
        }
        if (!noFollow) return new Follow(terminal, server, print).from(id, seen);
        terminal.out()
                .print(
                        print.json()
                                ? PrintOptions.json(StoredPlanJson.write(started))
                                : "Started; to watch it: assent follow " + id + "\n");
        return 0;
    }
}
