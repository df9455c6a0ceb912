package dev.assent.cli;

import dev.assent.configuration.CheckedConfiguration;
import dev.assent.configuration.ConfigurationReading;
import dev.assent.manifest.ProblemText;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description =
                "Show what counts, and where each setting comes from: the file, an ASSENT_CONFIG_"
                        + " variable, or a default. As YAML, or JSON; never a secret.")
final class ConfigShowCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin PrintOptions print = new PrintOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The file (default: ASSENT_CONFIG, or /etc/assent/assent.yml).")
    Optional<Path> file = Optional.empty();

    ConfigShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var path = ConfigurationFile.path(file, terminal);
        var checked = ConfigurationFile.read(path, terminal);
        return switch (checked.reading()) {
            case ConfigurationReading.Valid _ -> {
                show(path, checked);
                yield 0;
            }
            case ConfigurationReading.Invalid(var problems) -> {
                for (var it : problems) {
                    terminal.err()
                            .println(
                                    ProblemText.of(
                                            it, it.severity(), print.look(terminal.besides())));
                }
                yield Stop.NO;
            }
        };
    }

    private void show(Path path, CheckedConfiguration checked) {
        if (print.json()) {
            terminal.out().print(PrintOptions.json(ConfigurationJson.of(path, checked.tree())));
        } else {
            terminal.out().print(ConfigurationYaml.of(checked.tree()));
        }
    }
}
