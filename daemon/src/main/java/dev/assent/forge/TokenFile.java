package dev.assent.forge;

import dev.assent.model.Secret;
import dev.assent.systemd.SecretFile;
import dev.assent.systemd.SecretFile.OpenToAllException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// A token from a file, which is read each time anew, so that a new token counts at once.
///
/// @param name the header that it goes into
/// @param scheme what stands before it there
record TokenFile(Path file, String name, String scheme) implements Credential {

    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,4096}");

    @Override
    public Header header() {
        return new Header(name, scheme + read().reveal());
    }

    private Secret read() {
        var token = "";
        try {
            token = SecretFile.read(file).strip();
        } catch (OpenToAllException e) {
            throw unusable("is not used", "Now " + e.getMessage());
        } catch (IOException _) {
            // A decoding error's message would be of no help, and the path is what matters.
            throw unusable("can't be read", "Let the service's user read it.");
        }
        if (!TOKEN.matcher(token).matches()) {
            throw unusable("holds no token", "Put in the token, and nothing else.");
        }
        return Secret.of(token);
    }

    private ForgeException unusable(String why, String wayOut) {
        return new ForgeException(
                "The token file %s %s. %s".formatted(file, why, wayOut), false, Optional.empty());
    }

    @Override
    public boolean refused() {
        return false;
    }

    @Override
    public String wayOut() {
        return "Put one that is valid into " + file + ".";
    }
}
