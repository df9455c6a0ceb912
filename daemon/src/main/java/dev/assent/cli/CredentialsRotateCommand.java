package dev.assent.cli;

import dev.assent.http.api.AskRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rotate",
        description =
                "Ask that the users of a group's servers get new passwords: Assent's own and the replicas'.")
final class CredentialsRotateCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin GroupParameter group = new GroupParameter();
    @Mixin Asking asking = new Asking();

    @Option(
            names = "--application",
            description = "The application's, too; it has to be redeployed right after.")
    boolean application;

    CredentialsRotateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var address = group.address();
        return asking.ask(terminal, address, AskRequest.rotation(address.group(), application));
    }
}
