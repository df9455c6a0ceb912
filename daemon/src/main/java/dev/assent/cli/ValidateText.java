package dev.assent.cli;

import dev.assent.manifest.Problem.Severity;
import dev.assent.manifest.ProblemText;
import java.io.PrintWriter;
import java.util.List;

/// Problems for a person: each as help, then one line that counts.
final class ValidateText {

    private ValidateText() {}

    static void print(List<CheckedFile> files, PrintWriter out) {
        for (var file : files) {
            for (var problem : file.problems()) {
                out.println(ProblemText.of(problem));
                out.println();
            }
        }
        out.println(summary(files));
    }

    private static String summary(List<CheckedFile> files) {
        var errors = files.stream().mapToLong(it -> it.count(Severity.ERROR)).sum();
        var warnings = files.stream().mapToLong(it -> it.count(Severity.WARNING)).sum();
        var invalid = files.stream().filter(it -> !it.valid()).count();
        var verdict =
                invalid == 0
                        ? "%s valid".formatted(counted(files.size(), "manifest"))
                        : "%d of %s not valid"
                                .formatted(invalid, counted(files.size(), "manifest"));
        return "%s: %s, %s."
                .formatted(verdict, counted(errors, "error"), counted(warnings, "warning"));
    }

    private static String counted(long count, String word) {
        return "%d %s%s".formatted(count, word, count == 1 ? "" : "s");
    }
}
