package dev.assent.cli;

import dev.assent.manifest.Look;
import java.io.PrintWriter;
import java.util.Locale;

/// How `validate` prints what it found.
enum ValidateFormat {
    TEXT,
    JSON,
    SARIF,
    GITHUB;

    /// @param look for people
    ValidateReport report(PrintWriter out, Look look) {
        return report(out, look, "manifest");
    }

    /// The same of another kind of file.
    ValidateReport report(PrintWriter out, Look look, String word) {
        return switch (this) {
            case TEXT -> new ValidateText(out, look, word);
            case JSON -> new ValidateJson(out);
            case SARIF -> new ValidateSarif(out);
            case GITHUB -> new ValidateGitHub(out);
        };
    }

    /// The word on the command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
