package dev.assent.doctor;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whether an SSH key is kept, is one, and has no passphrase that nobody would be asked for.
record SshKeyCheck(String repository, Path key) implements Check {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----(.+?)-----END", Pattern.DOTALL);
    private static final String MAGIC = "openssh-key-v1\0";

    @Override
    public String subject() {
        return "SSH key of " + repository;
    }

    @Override
    public Finding look() throws IOException {
        if (!Files.isReadable(key)) {
            return Finding.trouble(
                    Files.exists(key) ? key + " can't be read" : "there is no file " + key,
                    "put the private key there, readable for the service's user alone");
        }
        var open = EnumSet.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);
        open.retainAll(Files.getPosixFilePermissions(key));
        if (!open.isEmpty()) {
            return Finding.trouble("everybody can read " + key, "chmod o-rwx " + key);
        }
        var pem = PEM.matcher(Files.readString(key));
        if (!pem.find()) {
            return Finding.trouble(
                    key + " holds no private key",
                    "name the private half of the pair, not the one that ends with .pub");
        }
        return kind(pem.group(1), pem.group(2))
                .map(it -> Finding.fine("%s, %s".formatted(key, it)))
                .orElseGet(() ->
                        Finding.trouble(
                                key + " has a passphrase, and nobody is asked for one",
                                "make a key without one for the service: ssh-keygen -t ed25519 -N '' -f FILE"));
    }

    /// Empty where it has a passphrase.
    private static Optional<String> kind(String label, String body) {
        if (label.startsWith("ENCRYPTED") || body.contains("ENCRYPTED")) return Optional.empty();
        if (!label.startsWith("OPENSSH")) return Optional.of("a " + label.toLowerCase(Locale.ROOT));
        try {
            var bytes = ByteBuffer.wrap(Base64.getMimeDecoder().decode(body));
            bytes.position(MAGIC.length());
            var cipher = text(bytes);
            text(bytes);
            text(bytes);
            bytes.getInt();
            bytes.getInt();
            return cipher.equals("none") ? Optional.of(text(bytes)) : Optional.empty();
        } catch (IllegalArgumentException | BufferUnderflowException _) {
            return Optional.of("of a kind that is not known here");
        }
    }

    private static String text(ByteBuffer bytes) {
        var length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException("no text of that length");
        }
        var text = new byte[length];
        bytes.get(text);
        return new String(text, StandardCharsets.US_ASCII);
    }
}
