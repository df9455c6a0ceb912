package dev.assent.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A password from a file or from standard input; never from the command line, which others can
/// read.
final class SecretInput {

    private static final int LONGEST = 8192;

    private SecretInput() {}

    static String fromStandardInput(InputStream in) {
        try {
            return line(in.readNBytes(LONGEST), "standard input");
        } catch (IOException e) {
            throw Stop.couldNotRun("could not read the password from standard input");
        }
    }

    static String fromFile(Path file) {
        try (var in = Files.newInputStream(file)) {
            return line(in.readNBytes(LONGEST), file.toString());
        } catch (IOException e) {
            throw Stop.couldNotRun(
                    "could not read the password from %s (%s); name a file that you may read"
                            .formatted(file, e.getClass().getSimpleName()));
        }
    }

    /// The one line, without its end.
    private static String line(byte[] bytes, String from) {
        var text = new String(bytes, UTF_8).replaceFirst("\r?\n$", "");
        if (!text.isEmpty() && text.lines().count() == 1 && bytes.length < LONGEST) return text;
        throw Stop.couldNotRun(
                from + " does not hold a password; it is to hold one line that is not empty");
    }
}
