package dev.assent.source;

import dev.assent.model.Secret;
import dev.assent.systemd.SecretFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;

/// Signs in over HTTP with a token, when the configured server asks. It never asks anybody.
final class Token extends CredentialsProvider {

    /// What the forges take as a user's name beside a token.
    private static final String ANY_USER = "x-access-token";

    private final Address address;
    private final Optional<Secret> secret;
    private boolean refused;

    private Token(Address address, Optional<Secret> secret) {
        this.address = address;
        this.secret = secret;
    }

    /// Reads the repository's token file, each time anew, so that a new token counts at once.
    static Token of(Repository repository, Address address) {
        return new Token(address, repository.tokenFile().map(file -> read(file, repository)));
    }

    /// Whether the server wanted to be signed in to and was not satisfied.
    boolean wasRefused() {
        return refused;
    }

    @Override
    public boolean get(URIish uri, CredentialItem... items) {
        if (refused || secret.isEmpty() || !supports(items) || !isAtHome(uri)) {
            refused = true;
            return false;
        }
        for (var item : items) {
            if (item instanceof CredentialItem.Username name) {
                name.setValue(address.user().orElse(ANY_USER));
            } else if (item instanceof CredentialItem.Password password) {
                password.setValue(secret.get().reveal().toCharArray());
            }
        }
        return true;
    }

    @Override
    public void reset(URIish uri) {
        refused = true;
    }

    @Override
    public boolean isInteractive() {
        return false;
    }

    @Override
    public boolean supports(CredentialItem... items) {
        for (var item : items) {
            if (!(item instanceof CredentialItem.Username)
                    && !(item instanceof CredentialItem.Password)) {
                return false;
            }
        }
        return true;
    }

    private boolean isAtHome(URIish uri) {
        var home = address.uri();
        return home.getScheme().equalsIgnoreCase(uri.getScheme())
                && home.getHost().equalsIgnoreCase(uri.getHost())
                && home.getPort() == uri.getPort();
    }

    private static Secret read(Path file, Repository repository) {
        try {
            var token = SecretFile.read(file).strip();
            if (!token.isEmpty()) return Secret.of(token);
        } catch (IOException e) {
            throw Failure.of(repository, "reading its token file " + file, e);
        }
        throw Failure.of(
                repository, "reading its token file " + file, "it is empty", "Put the token in.");
    }
}
