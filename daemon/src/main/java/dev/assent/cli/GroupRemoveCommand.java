package dev.assent.cli;

import dev.assent.http.api.AskRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "remove",
        description = "Ask that a group goes with all its data; an adopted one is only forgotten.")
final class GroupRemoveCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin GroupParameter group = new GroupParameter();
    @Mixin Asking asking = new Asking();

    GroupRemoveCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var address = group.address();
        return asking.ask(terminal, address, AskRequest.of("remove-group", address.group()));
    }
}
