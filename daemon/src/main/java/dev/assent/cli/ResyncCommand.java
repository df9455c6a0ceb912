package dev.assent.cli;

import dev.assent.http.api.AskRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "resync",
        description = "Ask for a fresh copy on a replica, or in a group that follows another one.")
final class ResyncCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin GroupAndServer group = new GroupAndServer();
    @Mixin Asking asking = new Asking();

    ResyncCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var address = group.address();
        return asking.ask(terminal, address, AskRequest.resync(address.group(), group.server()));
    }
}
