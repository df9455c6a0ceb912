package dev.assent.doctor;

import dev.assent.state.SecretKeyFile;
import java.nio.file.Files;

/// Whether the key that passwords are encrypted with is there and kept. Whether it is the right one
/// the record tells.
record SecretKeyCheck(Premises premises) implements Check {

    @Override
    public String subject() {
        return "secret key";
    }

    @Override
    public Finding look() {
        var file = premises.key();
        if (premises.isCredential(file)) {
            return Finding.fine("a credential of the service: " + SecretKeyFile.read(file));
        }
        if (Files.notExists(file)) {
            if (Files.notExists(premises.database())) {
                return Finding.fine(file + " is not there yet; it is made at the first start");
            }
            return Finding.trouble(
                    "%s is gone, and without it no stored password can be read".formatted(file),
                    "put it back from a backup before the daemon starts: it would make another one");
        }
        // Checks who may read it; it is there, so that none is made.
        return Finding.fine(SecretKeyFile.readOrCreate(file) + ", for its owner alone");
    }
}
