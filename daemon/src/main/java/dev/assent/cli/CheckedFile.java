package dev.assent.cli;

import dev.assent.manifest.Problem;
import dev.assent.manifest.Problem.Severity;
import java.util.List;
import java.util.Optional;

/// A manifest file and what is wrong with it.
///
/// @param strict whether a warning counts as an error
/// @param declaration what it declares, if that is to be shown and it is valid
record CheckedFile(
        String path, List<Problem> problems, boolean strict, Optional<Declaration> declaration) {

    CheckedFile showing(Declaration declaration) {
        return new CheckedFile(path, problems, strict, Optional.of(declaration));
    }

    boolean valid() {
        return problems.stream().noneMatch(it -> severity(it) == Severity.ERROR);
    }

    Severity severity(Problem problem) {
        return strict ? Severity.ERROR : problem.severity();
    }

    /// The word in JSON, SARIF and annotations.
    String level(Problem problem) {
        return level(severity(problem));
    }

    static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
        };
    }

    /// What is wrong and what to do about it, in one sentence.
    static String sentence(Problem problem) {
        return problem.suggestion()
                .map(it -> problem.message() + "; " + it)
                .orElse(problem.message());
    }

    long count(Severity severity) {
        return problems.stream().filter(it -> severity(it) == severity).count();
    }
}
