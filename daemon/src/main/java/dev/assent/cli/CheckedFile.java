package dev.assent.cli;

import dev.assent.manifest.Problem;
import dev.assent.manifest.Problem.Severity;
import dev.assent.manifest.Reading;
import java.util.List;

/// A manifest file and what is wrong with it.
///
/// @param strict whether a warning counts as an error
record CheckedFile(String path, List<Problem> problems, boolean strict) {

    static CheckedFile of(String path, Reading reading, boolean strict) {
        return switch (reading) {
            case Reading.Valid(var _, var warnings) -> new CheckedFile(path, warnings, strict);
            case Reading.Invalid(var problems) -> new CheckedFile(path, problems, strict);
        };
    }

    boolean valid() {
        return problems.stream().noneMatch(it -> severity(it) == Severity.ERROR);
    }

    Severity severity(Problem problem) {
        return strict ? Severity.ERROR : problem.severity();
    }

    /// The word in JSON, SARIF and annotations.
    String level(Problem problem) {
        return switch (severity(problem)) {
            case ERROR -> "error";
            case WARNING -> "warning";
        };
    }

    long count(Severity severity) {
        return problems.stream().filter(it -> severity(it) == severity).count();
    }
}
