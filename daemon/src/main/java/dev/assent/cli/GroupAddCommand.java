package dev.assent.cli;

import dev.assent.http.api.AskRequest;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "add",
        description =
                "Ask for a further group: as the manifest specifies it, else of the newest version.")
final class GroupAddCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin GroupParameter group = new GroupParameter();
    @Mixin Asking asking = new Asking();

    @Option(
            names = "--version",
            paramLabel = "VERSION",
            description = "Its version (default: the newest that can be built).")
    Optional<String> version = Optional.empty();

    @Option(
            names = "--variant",
            paramLabel = "PRODUCT",
            description = "The product, where an engine has several: mysql, percona, mariadb.")
    Optional<String> variant = Optional.empty();

    GroupAddCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var address = group.address();
        return asking.ask(
                terminal, address, AskRequest.addition(address.group(), variant, version));
    }
}
