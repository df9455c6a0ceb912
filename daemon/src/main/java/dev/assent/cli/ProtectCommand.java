package dev.assent.cli;

import dev.assent.http.api.AskRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "protect", description = "Ask that nothing can destroy a group's data.")
final class ProtectCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin GroupParameter group = new GroupParameter();
    @Mixin Asking asking = new Asking();

    ProtectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var address = group.address();
        return asking.ask(terminal, address, AskRequest.protection(address.group(), true));
    }
}
