package dev.assent.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;

/// The far side of a repository during one look at it. Every wait for it has an end.
final class Remote implements AutoCloseable {

    private final Repository repository;
    private final Address address;
    private final String branch;
    private final Duration timeout;
    private final Token token;
    private final SshdSessionFactory ssh;

    /// The tags that say something to plans, as they were seen together with the branch.
    private Map<String, ObjectId> tags = Map.of();

    /// Prepares the look; nothing is connected yet.
    ///
    /// @param timeout how long to wait for each answer
    /// @param sshFolder where SSH keys and known hosts lie
    Remote(Repository repository, Duration timeout, Path sshFolder) {
        this.repository = repository;
        this.address = Address.of(repository.url());
        this.branch = Constants.R_HEADS + repository.branch();
        this.timeout = timeout;
        this.token = Token.of(repository, address);
        this.ssh = SshKeys.sessions(sshFolder, repository.sshKey(), timeout);
        repository.sshKey().ifPresent(this::checkKey);
    }

    /// The URL without what signs in.
    String url() {
        return address.toString();
    }

    /// Where the branch stands (`ls-remote` of it alone); empty when there is no such branch.
    Optional<ObjectId> head() {
        var tried = "looking where branch `" + repository.branch() + "` stands";
        try (var transport = prepared(Transport.open(address.uri()));
                var connection =
                        transport.openFetch(
                                List.of(new RefSpec(branch), new RefSpec(GitTags.LIST)))) {
            var seen = new TreeMap<String, ObjectId>();
            connection.getRefs().stream()
                    .filter(it -> it.getName().startsWith(GitTags.THERE))
                    .forEach(it -> seen.put(it.getName(), it.getObjectId()));
            tags = Map.copyOf(seen);
            return Optional.ofNullable(connection.getRef(branch)).map(Ref::getObjectId);
        } catch (IOException e) {
            throw failed(tried, e);
        }
    }

    Map<String, ObjectId> tags() {
        return tags;
    }

    /// Whether the repository has nothing at all.
    boolean isEmpty() {
        try (var transport = prepared(Transport.open(address.uri()));
                var connection = transport.openFetch()) {
            return connection.getRefs().isEmpty();
        } catch (IOException e) {
            throw failed("listing its branches", e);
        }
    }

    /// Fetches the branch and the tags that say something to plans, and nothing else, into a ref of
    /// a local repository.
    ///
    /// @throws IOException if that failed on this side
    void fetch(org.eclipse.jgit.lib.Repository into, String ref) throws IOException {
        try (var transport = prepared(Transport.open(into, address.uri()))) {
            transport.setTagOpt(TagOpt.NO_TAGS);
            var spec = new RefSpec(branch + ":" + ref).setForceUpdate(true);
            // A tag that is gone is gone here too: what was said there is taken back.
            transport.setRemoveDeletedRefs(true);
            transport.fetch(NullProgressMonitor.INSTANCE, List.of(spec, new RefSpec(GitTags.SPEC)));
        } catch (TransportException e) {
            if (Mirror.isBroken(e)) throw e;
            throw failed("fetching branch `" + repository.branch() + "`", e);
        }
    }

    private Transport prepared(Transport transport) {
        transport.setTimeout(Math.toIntExact(Math.max(1, timeout.toSeconds())));
        if (transport instanceof SshTransport it) it.setSshSessionFactory(ssh);
        if (transport instanceof TransportHttp it) {
            it.setCredentialsProvider(token);
            if (repository.tokenFile().isPresent()) {
                it.setHttpConnectionFactory(new OneServer(address));
            }
        }
        return transport;
    }

    private SourceException failed(String tried, IOException cause) {
        if (!token.wasRefused()) return Failure.of(repository, tried, cause);
        return repository
                .tokenFile()
                .map(file ->
                        Failure.of(
                                repository,
                                tried,
                                "the server does not accept the token in " + file,
                                "Put a valid one into that file; it needs to read only."))
                .orElseGet(() ->
                        Failure.of(
                                repository,
                                tried,
                                "the server wants to know who asks",
                                "Put a token into a file that only the service can read and"
                                        + " name that as the repository's `token_file`."));
    }

    private void checkKey(Path key) {
        if (Files.isReadable(key)) return;
        throw Failure.of(
                repository,
                "reading its SSH key " + key,
                Files.exists(key) ? "permission denied" : "there is no such file",
                "Name a key that the service's user can read as `ssh_key`.");
    }

    @Override
    public void close() {
        ssh.close();
    }
}
