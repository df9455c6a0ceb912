package dev.assent.state;

import java.nio.file.Path;
import org.jdbi.v3.core.Handle;

/// A known text, sealed with the key when the database was made: whoever opens it later with
/// another key learns that at once, and not when a password is needed.
final class KeyCheck {

    private static final String TEXT = "assent";

    /// The same, once plans, assents and audit trail are sealed: none that bears no seal counts
    /// from then on, and nobody without the key can say otherwise.
    private static final String SEALED = "assent, sealed";

    private static final String PLACE = "key_check";

    private KeyCheck() {}

    static void pass(Database database, Path file, SecretKeyFile key, Seal seal) {
        database.change(handle -> {
            var sealed =
                    handle.createQuery("SELECT sealed FROM key_check")
                            .mapTo(byte[].class)
                            .findOne();
            if (sealed.isEmpty()) {
                refuseEdited(handle, file);
                handle.createUpdate("INSERT INTO key_check (one, sealed) VALUES (1, :sealed)")
                        .bind("sealed", seal.seal(TEXT, PLACE))
                        .execute();
                return;
            }
            refuseOther(sealed.get(), file, key, seal);
        });
    }

    /// The same without writing anything.
    ///
    /// @return whether plans, assents and audit trail are sealed
    static boolean refuseOther(Handle handle, Path file, SecretKeyFile key, Seal seal) {
        var sealed =
                handle.createQuery("SELECT sealed FROM key_check").mapTo(byte[].class).findOne();
        if (sealed.isEmpty()) {
            refuseEdited(handle, file);
            return false;
        }
        return refuseOther(sealed.get(), file, key, seal).equals(SEALED);
    }

    private static String refuseOther(byte[] sealed, Path file, SecretKeyFile key, Seal seal) {
        try {
            return seal.open(sealed, PLACE);
        } catch (StateException e) {
            throw new StateException(
                    "the key in %s is not the one that %s was made with; bring back that key file, since without it no stored password can be read"
                            .formatted(key, file),
                    e);
        }
    }

    private static void refuseEdited(Handle handle, Path file) {
        var entries = handle.createQuery("SELECT count(*) FROM audit").mapTo(Long.class).one();
        if (entries == 0) return;
        throw new StateException(
                "%s was edited: what proves that a key is its own is gone. Nothing was changed in it: put a backup of the record in its place"
                        .formatted(file));
    }

    /// Begins to seal, where nothing is sealed yet: what there is counts as it stands.
    static void seal(Database database, Seal seal, Signet signet) {
        database.change(handle -> {
            var sealed =
                    handle.createQuery("SELECT sealed FROM key_check").mapTo(byte[].class).one();
            if (seal.open(sealed, PLACE).equals(SEALED)) return;
            new Seals(handle, signet).begin();
            AuditHead.begin(handle, signet);
            handle.createUpdate("UPDATE key_check SET sealed = :sealed")
                    .bind("sealed", seal.seal(SEALED, PLACE))
                    .execute();
        });
    }
}
