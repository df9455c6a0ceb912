package dev.assent.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// For those who ask for help with a word. (picocli has such a command, but its own `--help` and
/// ours do not go together.)
@Command(name = "help", description = "Show the help of all commands, or of one.")
final class HelpCommand implements Callable<Integer> {

    private static final String EVERYTHING = "@EVERYTHING@\n";

    private final Terminal terminal;
    private final Supplier<Map<String, List<String>>> headings;

    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command.")
    Optional<String> command = Optional.empty();

    @Option(
            names = "--manual",
            paramLabel = "PAGE",
            description = "Print a manual page: assent.1 or assent.yml.5.",
            hidden = true)
    Optional<String> manual = Optional.empty();

    /// @param headings what is shown under which heading
    HelpCommand(Terminal terminal, Supplier<Map<String, List<String>>> headings) {
        this.terminal = terminal;
        this.headings = headings;
    }

    @Override
    public Integer call() {
        if (manual.isPresent()) {
            terminal.out().print(page(manual.get()));
            return 0;
        }
        var root = spec.root().commandLine();
        var meant =
                command.isEmpty()
                        ? Optional.of(root)
                        : command.flatMap(it -> Optional.ofNullable(root.getSubcommands().get(it)));
        meant.orElseThrow(() ->
                        Stop.couldNotRun(
                                "there is no command `"
                                        + command.orElse("")
                                        + "`; `assent --help` lists all"))
                .usage(terminal.out());
        return 0;
    }

    /// What was written by hand, with what the program knows in the place for it.
    private String page(String name) {
        return switch (name) {
            case "assent.1" ->
                    written(name).replace(EVERYTHING, CommandPages.of(spec.root(), headings.get()));
            case "assent.yml.5" ->
                    written(name)
                            .replace(
                                    EVERYTHING,
                                    SettingPages.of(
                                            JsonMapper.shared()
                                                    .readTree(
                                                            resource(
                                                                    "/schema/config.schema.json"))));
            default -> throw Stop.couldNotRun("there is no page `" + name + "` to be made");
        };
    }

    private static String written(String page) {
        return resource("/man/" + page);
    }

    private static String resource(String name) {
        try (var in = Objects.requireNonNull(HelpCommand.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
