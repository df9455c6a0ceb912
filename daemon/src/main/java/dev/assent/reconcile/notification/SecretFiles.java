package dev.assent.reconcile.notification;

import dev.assent.model.Secret;
import dev.assent.reconcile.CarryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Secrets that stand in files, read each time anew: a new one counts at once.
final class SecretFiles {

    private SecretFiles() {}

    static Secret read(Path file) throws CarryException {
        try {
            var text = Files.readString(file).strip();
            if (!text.isEmpty()) return Secret.of(text);
            throw CarryException.passing(file + " is empty");
        } catch (IOException _) {
            // Neither what is in it nor what the system said of it.
            throw CarryException.passing(file + " can't be read");
        }
    }
}
