package dev.assent.cli;

import dev.assent.http.api.AdoptRequest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "adopt",
        description =
                "Ask that a server which exists is known as a group; Assent never removes it.")
final class AdoptCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin GroupParameter group = new GroupParameter();
    @Mixin Asking asking = new Asking();

    @Option(
            names = "--address",
            required = true,
            paramLabel = "HOST",
            description = "Its host name or address.")
    String host = "";

    @Option(names = "--port", required = true, paramLabel = "N", description = "Its TCP port.")
    int port;

    @Option(
            names = {"-u", "--username"},
            required = true,
            paramLabel = "USER",
            description = "The application's user there.")
    String username = "";

    @Option(
            names = "--database",
            required = true,
            paramLabel = "NAME",
            description = "The application's database there.")
    String database = "";

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "A file with the user's password (default: standard input).")
    Optional<Path> passwordFile = Optional.empty();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What the server is to be called (default: like its group).")
    Optional<String> server = Optional.empty();

    @Option(
            names = "--variant",
            paramLabel = "PRODUCT",
            description = "The product, where an engine has several: mysql, percona, mariadb.")
    Optional<String> variant = Optional.empty();

    AdoptCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var address = group.address();
        var request =
                new AdoptRequest(
                        Optional.of(address.group().toString()),
                        variant,
                        server,
                        Optional.of(host),
                        Optional.of(port),
                        Optional.of(username),
                        Optional.of(database),
                        Optional.of(password()));
        return asking.ask(terminal, client -> client.adopt(address.application(), request));
    }

    private String password() {
        return passwordFile
                .map(SecretInput::fromFile)
                .orElseGet(() -> SecretInput.fromStandardInput(terminal.in()));
    }
}
