package dev.assent.cli;

import dev.assent.manifest.Colour;
import dev.assent.manifest.Look;
import dev.assent.manifest.Problem.Severity;
import dev.assent.manifest.ProblemText;
import java.io.PrintWriter;

/// Problems for a person: each as help, then one line that counts.
final class ValidateText implements ValidateReport {

    private final PrintWriter out;
    private final Look look;
    private final String word;
    private long files;
    private long invalid;
    private long errors;
    private long warnings;
    private boolean strict;

    /// @param word what a file is: `manifest`
    ValidateText(PrintWriter out, Look look, String word) {
        this.out = out;
        this.look = look;
        this.word = word;
    }

    @Override
    public void add(CheckedFile file) {
        files++;
        if (!file.valid()) invalid++;
        errors += file.count(Severity.ERROR);
        warnings += file.count(Severity.WARNING);
        strict |= file.strict();
        for (var problem : file.problems()) {
            out.println(ProblemText.of(problem, file.severity(problem), look));
            out.println();
        }
        file.declaration().ifPresent(it -> out.println(DeclarationText.of(file.path(), it, look)));
    }

    @Override
    public void end() {
        if (files == 0) return;
        out.println(
                "%s: %s, %s%s."
                        .formatted(
                                verdict(),
                                counted(errors, "error"),
                                counted(warnings, "warning"),
                                strict ? "; with --strict, warnings count as errors" : ""));
    }

    private String verdict() {
        var all = counted(files, word);
        return invalid == 0
                ? look.paint(Colour.GREEN, all + " valid")
                : look.paint(Colour.RED, "%d of %s not valid".formatted(invalid, all));
    }

    private static String counted(long count, String word) {
        return "%d %s%s".formatted(count, word, count == 1 ? "" : "s");
    }
}
