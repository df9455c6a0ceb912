package dev.assent.source;

import dev.assent.failpoint.Failpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RefSpec.WildcardMode;
import org.eclipse.jgit.transport.RemoteRefUpdate;
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

    /// Where refs stand at the far side.
    ///
    /// @param branch empty when there is no such branch
    /// @param beside the wanted refs beside it, by name
    /// @param tags those that say something to plans, by name
    record Seen(
            Optional<ObjectId> branch,
            SortedMap<String, ObjectId> beside,
            SortedMap<String, ObjectId> tags) {}

    /// Where the branch and the wanted refs beside it stand (one `ls-remote` of these alone).
    Seen look(List<HeadPattern> wanted) {
        var tried = "looking where branch `" + repository.branch() + "` stands";
        var specs = new ArrayList<RefSpec>();
        specs.add(new RefSpec(branch));
        specs.add(new RefSpec(GitTags.LIST));
        wanted.forEach(it -> specs.add(new RefSpec(it.ref(), WildcardMode.ALLOW_MISMATCH)));
        try (var transport = prepared(Transport.open(address.uri()));
                var connection = transport.openFetch(specs)) {
            var beside = new TreeMap<String, ObjectId>();
            var tags = new TreeMap<String, ObjectId>();
            for (var ref : connection.getRefs()) {
                var name = ref.getName();
                if (name.equals(branch) || ref.getObjectId() == null) continue;
                if (name.startsWith(GitTags.THERE)) {
                    tags.put(name, ref.getObjectId());
                } else if (wanted.stream().anyMatch(it -> it.matches(name))) {
                    beside.put(name, ref.getObjectId());
                }
            }
            return new Seen(
                    Optional.ofNullable(connection.getRef(branch)).map(Ref::getObjectId),
                    beside,
                    tags);
        } catch (IOException e) {
            throw failed(tried, e);
        }
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

    /// The branch's ref at the far side.
    String branch() {
        return branch;
    }

    /// Fetches refs, the tags that say something to plans, and nothing else, into a local
    /// repository, all in one go.
    ///
    /// @param refs from the ref there to the ref here
    /// @throws IOException if that failed on this side
    void fetch(org.eclipse.jgit.lib.Repository into, Map<String, String> refs) throws IOException {
        var specs = new ArrayList<RefSpec>();
        refs.forEach(
                (there, here) -> specs.add(new RefSpec(there + ":" + here).setForceUpdate(true)));
        specs.add(new RefSpec(GitTags.SPEC));
        try (var transport = prepared(Transport.open(into, address.uri()))) {
            transport.setTagOpt(TagOpt.NO_TAGS);
            // A tag that is gone is gone here too: what was said there is taken back.
            transport.setRemoveDeletedRefs(true);
            Failpoint.SOURCE_BEFORE_FETCH.reached();
            transport.fetch(NullProgressMonitor.INSTANCE, specs);
            Failpoint.SOURCE_AFTER_FETCH.reached();
        } catch (TransportException e) {
            if (Mirror.isBroken(e)) throw e;
            throw failed("fetching branch `" + repository.branch() + "`", e);
        }
    }

    /// Fetches the branch's last commit alone, without the content of files where the server can
    /// leave that out.
    void fetchNames(org.eclipse.jgit.lib.Repository into) {
        try {
            fetchLast(into, FilterSpec.fromFilterLine("blob:none"));
        } catch (IOException _) {
            try {
                fetchLast(into, FilterSpec.NO_FILTER);
            } catch (IOException e) {
                throw failed("fetching branch `" + repository.branch() + "`", e);
            }
        }
    }

    private void fetchLast(org.eclipse.jgit.lib.Repository into, FilterSpec filter)
            throws IOException {
        try (var transport = prepared(Transport.open(into, address.uri()))) {
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.setDepth(1);
            transport.setFilterSpec(filter);
            transport.fetch(
                    NullProgressMonitor.INSTANCE, List.of(new RefSpec(branch + ":" + branch)));
        }
    }

    /// Fetches one ref with its whole history.
    ///
    /// @return where it stands; empty when there is none
    Optional<ObjectId> fetchOne(org.eclipse.jgit.lib.Repository into, String ref) {
        try (var transport = prepared(Transport.open(into, address.uri()))) {
            transport.setTagOpt(TagOpt.NO_TAGS);
            try (var connection = transport.openFetch(List.of(new RefSpec(ref)))) {
                if (connection.getRef(ref) == null) return Optional.empty();
            }
            transport.fetch(NullProgressMonitor.INSTANCE, List.of(new RefSpec(ref + ":" + ref)));
            return Optional.ofNullable(into.exactRef(ref)).map(Ref::getObjectId);
        } catch (IOException e) {
            throw failed("fetching `" + ref + "`", e);
        }
    }

    /// Pushes a commit to a ref that stands where it was seen.
    ///
    /// @param before where it stood; empty when there was none
    void push(
            org.eclipse.jgit.lib.Repository from,
            ObjectId commit,
            String ref,
            Optional<ObjectId> before) {
        var tried = "pushing to `" + ref + "`";
        try (var transport = prepared(Transport.open(from, address.uri()))) {
            var update =
                    new RemoteRefUpdate(
                            from,
                            commit.name(),
                            commit,
                            ref,
                            false,
                            null,
                            before.orElse(ObjectId.zeroId()));
            transport.push(NullProgressMonitor.INSTANCE, List.of(update));
            switch (update.getStatus()) {
                case OK, UP_TO_DATE -> {}
                default ->
                        throw Failure.of(
                                repository,
                                tried,
                                "the server does not take it (%s)"
                                        .formatted(
                                                Optional.ofNullable(update.getMessage())
                                                        .orElse(update.getStatus().name())),
                                "Let what signs in there push to this ref.");
            }
        } catch (IOException e) {
            throw failed(tried, e);
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
