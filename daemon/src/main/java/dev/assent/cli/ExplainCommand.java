package dev.assent.cli;

import dev.assent.manifest.Code;
import dev.assent.manifest.Explanation;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Says what a code means, with a wrong and a right example.
@Command(name = "explain", description = "Explain what an error code means and how to mend it.")
public final class ExplainCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    static final class What {

        @Parameters(paramLabel = "CODE", description = "A code, such as ASN1104.")
        private @Nullable String code;

        @Option(names = "--list", description = "List all codes.")
        private boolean list;
    }

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        if (what.list) {
            for (var code : Code.values()) {
                out.printf("%s  %-7s  %s%n", code.id(), word(code), code.title());
            }
            out.flush();
            return 0;
        }
        var wanted = Optional.ofNullable(what.code).orElse("");
        var code = Code.of(wanted);
        code.ifPresent(it -> out.println(Explanation.of(it).stripTrailing()));
        out.flush();
        if (code.isPresent()) return 0;
        var err = spec.commandLine().getErr();
        err.println(
                "there is no code %s; `assent explain --list` shows them all".formatted(wanted));
        err.flush();
        return 2;
    }

    private static String word(Code code) {
        return switch (code.severity()) {
            case ERROR -> "error";
            case WARNING -> "warning";
        };
    }
}
