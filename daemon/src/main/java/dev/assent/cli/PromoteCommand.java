package dev.assent.cli;

import dev.assent.http.api.AskRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "promote",
        description =
                "Ask that a replica becomes its group's primary server, once it has caught up.")
final class PromoteCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin GroupAndServer group = new GroupAndServer();
    @Mixin Asking asking = new Asking();

    @Option(
            names = "--without-primary",
            description =
                    "Give the primary server up with whatever it alone has: for one that is gone.")
    boolean forsaken;

    PromoteCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var address = group.address();
        var server =
                group.server()
                        .orElseThrow(() ->
                                Stop.couldNotRun(
                                        "say which server of %s is to be primary; its servers: assent status %s"
                                                .formatted(address, address.application())));
        return asking.ask(
                terminal, address, AskRequest.promotion(address.group(), server, forsaken));
    }
}
