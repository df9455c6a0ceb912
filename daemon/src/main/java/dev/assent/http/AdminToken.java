package dev.assent.http;

import dev.assent.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/// The token that may do everything. It lies in a file that only the service's user and group can
/// read, so that who may read the file may speak with the daemon.
public final class AdminToken {

    /// What its holder is called in assents and in the audit trail, unless a name is given.
    public static final String NAME = "admin";

    private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final Secret token;

    private AdminToken(String token) {
        this.token = Secret.of(token);
    }

    /// The file in a run folder that holds the token.
    public static Path file(Path runFolder) {
        return runFolder.resolve("admin.token");
    }

    /// Reads the token of a run folder; where there is none yet, makes a new random one of 256 bits
    /// (mode 0640).
    ///
    /// @throws ListenException if it cannot be read or written, others may read it, or it is none
    public static AdminToken readOrCreate(Path runFolder) {
        var file = file(runFolder);
        try {
            if (!Files.exists(file)) create(file);
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
                throw new ListenException(
                        "every user of this machine can read the admin token in " + file,
                        "remove the file, so that a new token is made, and restart the daemon");
            }
            var text = Files.readString(file).strip();
            if (!TEXT.matcher(text).matches()) {
                throw new ListenException(
                        "there is no admin token in " + file,
                        "remove the file, so that a new token is made, and restart the daemon");
            }
            return new AdminToken(text);
        } catch (IOException | UncheckedIOException e) {
            throw new ListenException(
                    "could not read or make the admin token " + file + ": " + e.getMessage(),
                    "give --run a folder that the daemon's user may write to",
                    e);
        }
    }

    private static void create(Path file) throws IOException {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        RunFile.write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /// Whether a text is this token; takes as long for a near miss as for nonsense.
    boolean is(String text) {
        return MessageDigest.isEqual(
                token.reveal().getBytes(StandardCharsets.UTF_8),
                text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "[token]";
    }
}
