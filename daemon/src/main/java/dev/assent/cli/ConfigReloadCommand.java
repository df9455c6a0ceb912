package dev.assent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "reload",
        description =
                "Have the daemon read its configuration and its policy anew. Where something is wrong"
                        + " with them, those that are in force stay, and it says what.")
final class ConfigReloadCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin PrintOptions print = new PrintOptions();

    ConfigReloadCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var client = server.connect(terminal)) {
            var answer = client.reload();
            terminal.out()
                    .print(
                            print.json()
                                    ? PrintOptions.json(answer)
                                    : "The configuration is in force. %s\n"
                                            .formatted(
                                                    answer.changed().isEmpty()
                                                            ? "Nothing has changed."
                                                            : "Changed: "
                                                                    + String.join(
                                                                            ", ", answer.changed())
                                                                    + "."));
        }
        return 0;
    }
}
