package dev.assent.cli;

import dev.assent.http.api.AskRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "scale",
        description = "Ask for a number of replicas beside a group's primary server.")
final class ScaleCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin GroupParameter group = new GroupParameter();
    @Mixin Asking asking = new Asking();

    @Option(
            names = "--replicas",
            required = true,
            paramLabel = "N",
            description = "How many replicas, beside the primary server.")
    int replicas;

    ScaleCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var address = group.address();
        return asking.ask(terminal, address, AskRequest.scale(address.group(), replicas));
    }
}
