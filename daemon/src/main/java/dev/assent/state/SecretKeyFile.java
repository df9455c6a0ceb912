package dev.assent.state;

import dev.assent.failpoint.Failpoint;
import dev.assent.model.Secret;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// The 256-bit key that secrets are encrypted with (AES-256-GCM), from a file: 32 bytes as they
/// are, or as one line of Base64.
public final class SecretKeyFile {

    private static final int BYTES = 32;
    private static final int LONGEST = 1024;
    private static final Set<PosixFilePermission> OWNER_ALONE =
            EnumSet.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE);

    private final Path file;
    private final SecretKey key;

    private SecretKeyFile(Path file, SecretKey key) {
        this.file = file;
        this.key = key;
    }

    /// Reads the key; where the file does not exist yet, makes a new random key in it, readable by
    /// its owner alone (mode 0600).
    ///
    /// @throws StateException if others may read it, or it does not hold a key
    public static SecretKeyFile readOrCreate(Path file) {
        var absolute = file.toAbsolutePath().normalize();
        try {
            if (Files.notExists(absolute)) create(absolute);
            if (!OWNER_ALONE.containsAll(Files.getPosixFilePermissions(absolute))) {
                throw new StateException(
                        "the key file %s can be read or written by others than its owner; mend that: chmod 600 %s"
                                .formatted(absolute, absolute));
            }
        } catch (IOException e) {
            throw new StateException("cannot make the key file " + absolute + ": " + e, e);
        }
        return read(absolute);
    }

    /// Reads a key that somebody else keeps, a systemd credential for instance: never creates one,
    /// and leaves to its keeper who else may read it.
    public static SecretKeyFile read(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new SecretKeyFile(file, key(file, in.readNBytes(LONGEST)));
        } catch (NoSuchFileException e) {
            throw new StateException(
                    "there is no key file %s; without it no stored password can be read. Put the key back where it was"
                            .formatted(file),
                    e);
        } catch (AccessDeniedException e) {
            throw new StateException(
                    "`%s` may not read the key file %s; give it back: chown %s %s && chmod 600 %s"
                            .formatted(user(), file, user(), file, file),
                    e);
        } catch (IOException e) {
            throw new StateException("cannot read the key file " + file + ": " + e, e);
        }
    }

    private static String user() {
        return System.getProperty("user.name");
    }

    SecretKey key() {
        return key;
    }

    @Override
    public String toString() {
        return file.toString();
    }

    private static SecretKey key(Path file, byte[] content) {
        if (content.length == BYTES) return new SecretKeySpec(content, "AES");
        try {
            var text = Secret.of(new String(content, StandardCharsets.US_ASCII).strip());
            var decoded = Base64.getDecoder().decode(text.reveal());
            if (decoded.length == BYTES) return new SecretKeySpec(decoded, "AES");
        } catch (IllegalArgumentException _) {
            // Said below, without quoting what may be half a key.
        }
        throw new StateException(
                "the key file %s holds no key; it must be 32 bytes or their Base64, as made by: openssl rand -base64 32"
                        .formatted(file));
    }

    /// Under another name first and then linked, which never replaces a file: a crash leaves no
    /// half key, and of two processes that do this at once both go on with the same key.
    private static void create(Path file) throws IOException {
        var folder = file.getParent();
        if (folder == null) throw new NoSuchFileException(file.toString());
        Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        // Created with mode 0600.
        var fresh = Files.createTempFile(folder, ".key-", ".new");
        try {
            try (var out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                var line = Base64.getEncoder().encodeToString(random) + "\n";
                out.write(StandardCharsets.US_ASCII.encode(line));
                out.force(true);
            }
            Failpoint.KEY_BEFORE_LINK.reached(IOException::new);
            Files.createLink(file, fresh);
            Failpoint.KEY_AFTER_LINK.reached();
        } catch (FileAlreadyExistsException _) {
            // Somebody else was faster; theirs is the key.
        } finally {
            Files.delete(fresh);
        }
        try (var entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }
}
