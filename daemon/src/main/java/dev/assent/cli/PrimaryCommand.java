package dev.assent.cli;

import dev.assent.http.api.AskRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "primary",
        description = "Ask that an engine's root-level variables point to a group.")
final class PrimaryCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin GroupParameter group = new GroupParameter();
    @Mixin Asking asking = new Asking();

    PrimaryCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var address = group.address();
        return asking.ask(terminal, address, AskRequest.of("primary", address.group()));
    }
}
