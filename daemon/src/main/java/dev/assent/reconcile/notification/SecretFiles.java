package dev.assent.reconcile.notification;

import dev.assent.model.Secret;
import dev.assent.reconcile.CarryException;
import dev.assent.systemd.SecretFile;
import dev.assent.systemd.SecretFile.OpenToAllException;
import java.io.IOException;
import java.nio.file.Path;

/// Secrets that stand in files, read each time anew: a new one counts at once.
final class SecretFiles {

    private SecretFiles() {}

    static Secret read(Path file) throws CarryException {
        try {
            var text = SecretFile.read(file).strip();
            if (!text.isEmpty()) return Secret.of(text);
            throw CarryException.passing(file + " is empty");
        } catch (OpenToAllException e) {
            throw CarryException.passing("%s: %s".formatted(file, e.getMessage()));
        } catch (IOException _) {
            // Neither what is in it nor what the system said of it.
            throw CarryException.passing(file + " can't be read");
        }
    }
}
