package dev.assent.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// How `validate` prints what it found.
enum ValidateFormat {
    TEXT,
    JSON,
    SARIF,
    GITHUB;

    void print(List<CheckedFile> files, PrintWriter out) {
        switch (this) {
            case TEXT -> ValidateText.print(files, out);
            case JSON -> ValidateJson.print(files, out);
            case SARIF -> ValidateSarif.print(files, out);
            case GITHUB -> ValidateGitHub.print(files, out);
        }
    }

    /// Reads the word on the command line.
    static final class Word implements ITypeConverter<ValidateFormat> {

        @Override
        public ValidateFormat convert(String word) {
            return Arrays.stream(values())
                    .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(word))
                    .findFirst()
                    .orElseThrow(() ->
                            new TypeConversionException(
                                    "must be text, json, sarif or github, and is '%s'"
                                            .formatted(word)));
        }
    }
}
