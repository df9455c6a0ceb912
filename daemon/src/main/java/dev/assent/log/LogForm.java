package dev.assent.log;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// The forms that a log has.
public enum LogForm {
    /// systemd's journal, with fields.
    JOURNAL,
    /// Standard error, a JSON object a line.
    JSON,
    /// Standard error, for people.
    TEXT;

    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    /// The journal where standard error ends there anyway, else text.
    ///
    /// @param environment this process's environment variables
    public static LogForm suited(Map<String, String> environment) {
        return suited(environment, STANDARD_ERROR);
    }

    /// systemd says in `JOURNAL_STREAM` which file the journal is: whoever was started by something
    /// that it had started has inherited the variable, and may have another standard error.
    static LogForm suited(Map<String, String> environment, Path error) {
        try {
            var file = Files.readAttributes(error, "unix:dev,ino");
            var stream = file.get("dev") + ":" + file.get("ino");
            return stream.equals(environment.get("JOURNAL_STREAM")) ? JOURNAL : TEXT;
        } catch (IOException | UnsupportedOperationException _) {
            return TEXT;
        }
    }

    Form to(PrintStream error) {
        return switch (this) {
            case JOURNAL -> Journal.at(Journal.SOCKET, new TextLines(error));
            case JSON -> new JsonLines(error);
            case TEXT -> new TextLines(error);
        };
    }

    /// The word on the command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
