package dev.assent.state;

import java.nio.file.Path;
import java.util.Optional;
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

    /// Of whoever comes first with a key, that is the record's from then on.
    ///
    /// @throws StateException if the record's is another one
    static void pass(Database database, SecretKeyFile key, Seal seal) {
        var record = database.medium().toString();
        if (look(database, record, key, seal)) return;
        database.change(handle -> {
            if (isRight(handle, database.medium(), record, key, seal)) return;
            refuseEdited(handle, record);
            handle.createUpdate("INSERT INTO key_check (one, sealed) VALUES (1, :sealed)")
                    .bind("sealed", seal.seal(TEXT, PLACE))
                    .execute();
        });
    }

    /// The same without writing anything.
    ///
    /// @param record what it is called
    /// @return false if the record has no key yet
    static boolean look(Database database, String record, SecretKeyFile key, Seal seal) {
        return database.read(handle -> isRight(handle, database.medium(), record, key, seal));
    }

    /// Refuses a key that is not the record's, without writing anything.
    ///
    /// @return whether plans, assents and audit trail are sealed
    static boolean refuseOther(Handle handle, Path file, SecretKeyFile key, Seal seal) {
        var sealed = sealed(handle);
        if (sealed.isEmpty()) {
            refuseEdited(handle, file.toString());
            return false;
        }
        var medium = new SqliteMedium(file);
        return opened(sealed.get(), medium, file.toString(), key, seal).equals(SEALED);
    }

    private static boolean isRight(
            Handle handle, Medium medium, String record, SecretKeyFile key, Seal seal) {
        return sealed(handle).map(it -> opened(it, medium, record, key, seal)).isPresent();
    }

    private static Optional<byte[]> sealed(Handle handle) {
        return handle.createQuery("SELECT sealed FROM key_check").mapTo(byte[].class).findOne();
    }

    private static String opened(
            byte[] sealed, Medium medium, String record, SecretKeyFile key, Seal seal) {
        try {
            return seal.open(sealed, PLACE);
        } catch (StateException e) {
            throw new StateException(
                    "the key in %s is not the one that %s was made with; %s, since without it no stored password can be read"
                            .formatted(key, record, wayOut(medium)),
                    e);
        }
    }

    private static String wayOut(Medium medium) {
        return switch (medium) {
            case SqliteMedium _ -> "bring back that key file";
            case PostgresMedium _ ->
                    "every node needs that very key file: copy it from another one";
        };
    }

    private static void refuseEdited(Handle handle, String record) {
        var entries = handle.createQuery("SELECT count(*) FROM audit").mapTo(Long.class).one();
        if (entries == 0) return;
        throw new StateException(
                "%s was edited: what proves that a key is its own is gone. Nothing was changed in it: put a backup of the record in its place"
                        .formatted(record));
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
