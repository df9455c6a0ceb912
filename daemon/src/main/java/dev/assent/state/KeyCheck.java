package dev.assent.state;

import java.nio.file.Path;

/// A known text, sealed with the key when the database was made: whoever opens it later with
/// another key learns that at once, and not when a password is needed.
final class KeyCheck {

    private static final String TEXT = "assent";
    private static final String PLACE = "key_check";

    private KeyCheck() {}

    static void pass(Database database, Path file, SecretKeyFile key, Seal seal) {
        database.change(handle -> {
            var sealed =
                    handle.createQuery("SELECT sealed FROM key_check")
                            .mapTo(byte[].class)
                            .findOne();
            if (sealed.isEmpty()) {
                handle.createUpdate("INSERT INTO key_check (one, sealed) VALUES (1, :sealed)")
                        .bind("sealed", seal.seal(TEXT, PLACE))
                        .execute();
                return;
            }
            try {
                seal.open(sealed.get(), PLACE);
            } catch (StateException e) {
                throw new StateException(
                        "the key in %s is not the one that %s was made with; bring back that key file, since without it no stored password can be read"
                                .formatted(key, file),
                        e);
            }
        });
    }
}
