package dev.assent.cli;

import dev.assent.manifest.Code;
import dev.assent.manifest.Explanation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says what a code means, with a wrong and a right example.
@Command(name = "explain", description = "Explain what an error code means and how to mend it.")
final class ExplainCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin PrintOptions print = new PrintOptions();

    @ArgGroup(multiplicity = "1")
    What what = new What();

    static final class What {

        @Parameters(paramLabel = "CODE", description = "A code, such as ASN1104 or 1104.")
        @Nullable String code;

        @Option(names = "--list", description = "List all codes.")
        boolean list;
    }

    /// A code as JSON.
    record Listed(String code, String severity, String title) {
        static Listed of(Code code) {
            return new Listed(code.id(), CheckedFile.level(code.severity()), code.title());
        }
    }

    /// All codes as JSON.
    record All(int version, List<Listed> codes) {}

    /// A code with its page as JSON.
    record Explained(int version, String code, String severity, String title, String markdown) {}

    ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.out().print(what.list ? list() : explained(code()));
        return 0;
    }

    private Code code() {
        var wanted = Optional.ofNullable(what.code).orElse("");
        return Code.of(wanted)
                .or(() -> Code.of("ASN" + wanted))
                .orElseThrow(() ->
                        Stop.couldNotRun(
                                "there is no code `%s`; %s"
                                        .formatted(
                                                wanted,
                                                Explanation.near(wanted)
                                                        .map(it ->
                                                                "did you mean `" + it.id() + "`?")
                                                        .orElse(
                                                                "`assent explain --list` shows"
                                                                        + " them all"))));
    }

    private String list() {
        var codes = Arrays.stream(Code.values()).map(Listed::of).toList();
        return print.json()
                ? PrintOptions.json(new All(1, codes))
                : ExplanationText.list(print.look(terminal));
    }

    private String explained(Code code) {
        var markdown = Explanation.of(code);
        if (print.json()) {
            var it = Listed.of(code);
            return PrintOptions.json(
                    new Explained(1, it.code(), it.severity(), it.title(), markdown));
        }
        return terminal.interactive()
                ? ExplanationText.of(code, print.look(terminal))
                : markdown.stripTrailing() + "\n";
    }
}
