package dev.assent.cli;

import dev.assent.approval.PolicyReading;
import dev.assent.manifest.Problem;
import dev.assent.manifest.ProblemText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "check", description = "Check a policy.")
final class PolicyCheckCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin PrintOptions print = new PrintOptions();

    @Parameters(paramLabel = "POLICY", description = "The file.")
    Path file = Path.of("");

    PolicyCheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return switch (PolicyFile.reading(file)) {
            case PolicyReading.Valid(var policy, var warnings) -> {
                show(warnings);
                if (!print.json()) {
                    terminal.out()
                            .println(
                                    "%s is valid: %s, %s, %s."
                                            .formatted(
                                                    file,
                                                    counted(
                                                            policy.people().all().size(),
                                                            "person",
                                                            "people"),
                                                    counted(policy.rules().size(), "rule", "rules"),
                                                    counted(
                                                            policy.freezes().size(),
                                                            "freeze",
                                                            "freezes")));
                }
                yield 0;
            }
            case PolicyReading.Invalid(var problems) -> {
                show(problems);
                yield Stop.NO;
            }
        };
    }

    private void show(List<Problem> problems) {
        if (print.json()) {
            var report = new ValidateJson(terminal.out());
            report.add(new CheckedFile(file.toString(), problems, false, Optional.empty()));
            report.end();
            return;
        }
        for (var it : problems) {
            terminal.out().println(ProblemText.of(it, it.severity(), print.look(terminal)));
        }
    }

    private static String counted(int count, String one, String several) {
        return count + " " + (count == 1 ? one : several);
    }
}
