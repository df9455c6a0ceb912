package dev.assent.source;

import dev.assent.source.OneServer.RedirectedAwayException;
import dev.assent.systemd.SecretFile.OpenToAllException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;

/// Puts into words what went wrong with a repository: which, what was tried, why it failed, and
/// what to do.
record Failure(String why, String wayOut) {

    static SourceException of(Repository repository, String tried, Exception cause) {
        var failure = of(cause);
        return new SourceException(sentence(repository, tried, failure.why, failure.wayOut), cause);
    }

    static SourceException of(Repository repository, String tried, String why, String wayOut) {
        return new SourceException(sentence(repository, tried, why, wayOut));
    }

    private static String sentence(Repository repository, String tried, String why, String wayOut) {
        return "Repository `%s` (%s): %s failed: %s. %s"
                .formatted(repository.name(), Address.of(repository.url()), tried, why, wayOut);
    }

    private static Failure of(Throwable cause) {
        var causes = causes(cause);
        return causes.stream()
                .map(Failure::known)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> new Failure(message(causes.getLast()), "It is tried again."));
    }

    private static Optional<Failure> known(Throwable cause) {
        return switch (cause) {
            case UnknownHostException e ->
                    failure(
                            "the host " + e.getMessage() + " is not known",
                            "Check the URL, and that this machine can look up names.");
            case SSLException e ->
                    failure(
                            "its TLS certificate is not accepted: " + message(e),
                            "Make the certificate's issuer known to this machine's Java.");
            case InterruptedIOException _, TimeoutException _ ->
                    failure(
                            "it did not answer in time",
                            "Check the server and the network between.");
            case SocketException e ->
                    failure(
                            "no connection: " + message(e),
                            "Check the URL, the server and the network between.");
            case NoRemoteRepositoryException _ ->
                    failure(
                            "there is no Git repository",
                            "Check the URL, and that whoever signs in may read it: a server may"
                                    + " hide what one may not read.");
            case RedirectedAwayException e ->
                    failure(message(e), "Write the URL to which it redirects.");
            case RepositoryNotFoundException _ ->
                    failure("there is no mirror yet", "It is made when the repository is polled.");
            case MissingObjectException _ ->
                    failure(
                            "the mirror does not have it",
                            "What the branch has now is read when the repository is polled.");
            case OpenToAllException e -> failure(message(e), "Then think about a new secret.");
            case NoSuchFileException _ -> failure("there is no such file", "Check the path.");
            case AccessDeniedException _ ->
                    failure("permission denied", "Let the service's user read it.");
            // The second is what SSH says once we have given up waiting.
            case Throwable e
                    when message(e).contains("timed out")
                            || message(e).contains("Session is being closed") ->
                    failure(
                            "it did not answer in time",
                            "Check the server and the network between.");
            case Throwable e when message(e).contains("not permitted") ->
                    failure(
                            "the server does not let whoever signs in read it",
                            "Give the token or key the right to read this repository.");
            case Throwable e when message(e).contains("Server key did not validate") ->
                    failure(
                            "the server's host key is not the one in `known_hosts`, or there is"
                                    + " none for it",
                            "Compare the server's fingerprint with what its owner says, then add"
                                    + " its line (`ssh-keyscan`) to `known_hosts`.");
            case Throwable e when message(e).contains("No more authentication methods") ->
                    failure(
                            "the server accepts none of the SSH keys",
                            "Name a key without a passphrase as the repository's `ssh_key` and"
                                    + " let the server know its public half.");
            default -> Optional.empty();
        };
    }

    private static Optional<Failure> failure(String why, String wayOut) {
        return Optional.of(new Failure(why, wayOut));
    }

    private static List<Throwable> causes(Throwable outermost) {
        var causes = new ArrayList<Throwable>();
        for (var it = outermost; it != null && !causes.contains(it); it = it.getCause()) {
            causes.add(it);
        }
        return causes;
    }

    /// The first line of what an exception says, without the user that a URL in it may name.
    private static String message(Throwable e) {
        var message = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
        var line = message.lines().findFirst().orElse("").strip();
        var end = line.endsWith(".") ? line.length() - 1 : line.length();
        return line.substring(0, end).replaceAll("://[^/@\\s]*@", "://");
    }
}
