package dev.assent.source;

import dev.assent.source.Poll.BranchGone;
import dev.assent.source.Poll.Empty;
import dev.assent.source.Poll.Unchanged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads manifests out of Git through one bare mirror per repository. Different repositories may be
/// polled at the same time; looks at one wait for each other.
///
/// A mirror is a copy and nothing else: one that is damaged, or was left half made by a killed
/// process, is made again.
public final class GitSource {

    private static final Logger LOG = LoggerFactory.getLogger(GitSource.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Path mirrors;
    private final Duration timeout;
    private final Path sshFolder;
    private final Map<String, Mirror> opened = new ConcurrentHashMap<>();

    /// Keeps its mirrors in a folder of its own.
    ///
    /// @param mirrors the folder that holds the mirrors; made if it is missing
    public GitSource(Path mirrors) {
        this(mirrors, TIMEOUT);
    }

    /// Waits for no answer longer than the given time.
    public GitSource(Path mirrors, Duration timeout) {
        this(mirrors, timeout, Path.of(System.getProperty("user.home"), ".ssh"));
    }

    GitSource(Path mirrors, Duration timeout, Path sshFolder) {
        NoForeignSettings.take();
        this.mirrors = mirrors.toAbsolutePath();
        this.timeout = timeout;
        this.sshFolder = sshFolder;
        try {
            Files.createDirectories(this.mirrors);
            Mirror.tidyAll(this.mirrors);
        } catch (IOException e) {
            throw new SourceException(
                    "The folder for mirrors, "
                            + mirrors
                            + ", can't be used: "
                            + e
                            + ". Let the service's user write there, or set another.",
                    e);
        }
    }

    /// Looks where the branch stands (`ls-remote`) and fetches only if that is elsewhere than
    /// `lastHead`; what changed is found by comparing the two commits' trees by object id.
    ///
    /// An application whose manifest has moved to another path is changed, not gone. Two manifests
    /// for one application stop the whole repository, until one of them goes: neither is taken.
    ///
    /// @param lastHead the commit whose manifests are read already; empty reads them all, and so
    ///   does one that is not known any more, after which nothing is reported gone
    /// @throws SourceException if the repository cannot be reached or read
    public Poll poll(Repository repository, Optional<String> lastHead) {
        var mirror = mirror(repository);
        try (var _ = mirror.alone();
                var remote = new Remote(repository, timeout, sshFolder)) {
            var tip = remote.head();
            if (tip.isPresent()) return look(repository, mirror, remote, tip.get(), lastHead);
            return remote.isEmpty() ? new Empty() : new BranchGone();
        }
    }

    /// Reads one manifest again, from the mirror alone.
    ///
    /// @return empty if the commit has no such file
    /// @throws SourceException if the mirror has no such commit
    public Optional<ManifestFile> read(
            Repository repository, String commit, String app, String path) {
        var tried = "reading `" + path + "` of commit " + commit + " from its mirror";
        var mirror = mirror(repository);
        try (var _ = mirror.alone()) {
            try (var git = mirror.open();
                    var commits = new RevWalk(git)) {
                return new CommittedManifests(repository, commits).read(commit, app, path);
            } catch (CorruptObjectException | MissingObjectException e) {
                // A commit that a force-push took away may be lost, but not the branch's own.
                if (mirror.standsAt(commit)) mirror.discard();
                throw e;
            }
        } catch (IOException e) {
            throw Failure.of(repository, tried, e);
        }
    }

    private Poll look(
            Repository repository,
            Mirror mirror,
            Remote remote,
            ObjectId tip,
            Optional<String> lastHead) {
        try {
            var fetched = mirror.follow(remote, tip);
            if (!fetched && lastHead.equals(Optional.of(tip.name()))) return new Unchanged();
            return compare(repository, mirror, tip, lastHead);
        } catch (IOException e) {
            LOG.warn(
                    "The mirror of repository {} is damaged and is made again: {}",
                    repository.name(),
                    e.toString());
        }
        try {
            mirror.make(remote);
            return compare(repository, mirror, tip, lastHead);
        } catch (IOException e) {
            throw Failure.of(repository, "making its mirror again in " + mirrors, e);
        }
    }

    private static Poll compare(
            Repository repository, Mirror mirror, ObjectId tip, Optional<String> lastHead)
            throws IOException {
        try (var git = mirror.open();
                var commits = new RevWalk(git)) {
            // Since `ls-remote` the branch may have moved on: what was fetched counts.
            var head = Mirror.head(git).orElse(tip);
            return new CommittedManifests(repository, commits).since(lastHead, head);
        }
    }

    /// The repository's mirror, put in order the first time that this process sees it.
    Mirror mirror(Repository repository) {
        return opened.computeIfAbsent(
                repository.name(),
                name -> {
                    var mirror = new Mirror(mirrors, name);
                    try {
                        mirror.tidy();
                    } catch (IOException e) {
                        throw Failure.of(repository, "putting its mirror in order", e);
                    }
                    return mirror;
                });
    }
}
