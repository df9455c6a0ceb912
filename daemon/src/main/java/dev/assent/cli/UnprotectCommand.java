package dev.assent.cli;

import dev.assent.http.api.AskRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "unprotect", description = "Ask that a group's data can be destroyed again.")
final class UnprotectCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin GroupParameter group = new GroupParameter();
    @Mixin Asking asking = new Asking();

    UnprotectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var address = group.address();
        return asking.ask(terminal, address, AskRequest.protection(address.group(), false));
    }
}
