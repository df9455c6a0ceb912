package dev.assent.source;

import dev.assent.log.About;
import dev.assent.source.Poll.BranchGone;
import dev.assent.source.Poll.Empty;
import dev.assent.source.Poll.Unchanged;
import dev.assent.source.signature.SignatureCheck;
import dev.assent.source.signature.Signers;
import dev.assent.trace.Stage;
import dev.assent.trace.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
public final class GitSource implements ManifestSource {

    private static final Logger LOG = LoggerFactory.getLogger(GitSource.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration SOUGHT_AGAIN = Duration.ofMinutes(1);
    private static final int MOST_SOUGHT = 1_000;

    private final Path mirrors;
    private final Duration timeout;
    private final Path sshFolder;
    private final Supplier<Signers> signers;
    private final Map<String, Mirror> opened = new ConcurrentHashMap<>();

    /// Commits that were not there when they were asked for, and when that was.
    private final Map<String, Long> sought = new ConcurrentHashMap<>();

    private volatile BooleanSupplier fetches = () -> false;

    /// Keeps its mirrors in a folder of its own.
    ///
    /// @param mirrors the folder that holds the mirrors; made if it is missing
    public GitSource(Path mirrors) {
        this(mirrors, TIMEOUT);
    }

    /// The same, and knows whose the signatures of commits are.
    public GitSource(Path mirrors, Supplier<Signers> signers) {
        this(mirrors, TIMEOUT, sshFolder(), signers);
    }

    /// Waits for no answer longer than the given time.
    public GitSource(Path mirrors, Duration timeout) {
        this(mirrors, timeout, sshFolder());
    }

    static Path sshFolder() {
        return Path.of(System.getProperty("user.home"), ".ssh");
    }

    GitSource(Path mirrors, Duration timeout, Path sshFolder) {
        this(mirrors, timeout, sshFolder, () -> Signers.NONE);
    }

    private GitSource(Path mirrors, Duration timeout, Path sshFolder, Supplier<Signers> signers) {
        this.signers = signers;
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

    /// Has commits fetched that are asked for and not there: other nodes poll, too.
    ///
    /// @param now whether there is time for it just now
    public void share(BooleanSupplier now) {
        fetches = now;
    }

    private SignatureCheck check() {
        return new SignatureCheck(signers.get());
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
        return look(repository, lastHead, List.of()).branch();
    }

    /// The same, and where the wanted refs beside the branch stand. Whatever has moved is fetched
    /// in one go.
    @Override
    public Look look(Repository repository, Optional<String> lastHead, List<HeadPattern> beside) {
        var mirror = mirror(repository);
        try (var _ = mirror.alone();
                var remote = new Remote(repository, timeout, sshFolder)) {
            var seen = remote.look(beside);
            if (seen.branch().isPresent()) return look(repository, mirror, remote, seen, lastHead);
            var none = remote.isEmpty() ? new Empty() : new BranchGone();
            return new Look(none, new TreeMap<>());
        }
    }

    /// What the manifests would be, were heads merged into the branch: in memory, from the mirror
    /// alone.
    ///
    /// @param branch the commit that the branch stands at
    /// @param heads the commits that are merged, one after the other; it is the last one's changes
    ///   that are told of
    /// @throws SourceException if the mirror has no such commits
    @Override
    public Merged merged(Repository repository, String branch, List<String> heads) {
        return inMirror(
                repository,
                "merging " + String.join(", ", heads) + " into " + branch + " in its mirror",
                branch,
                (_, commits) -> new Merge(repository, commits, branch, check()).of(heads));
    }

    /// The same for one application alone, whichever of the heads touches it.
    @Override
    public Merged merged(Repository repository, String branch, List<String> heads, String app) {
        return inMirror(
                repository,
                "merging " + String.join(", ", heads) + " into " + branch + " in its mirror",
                branch,
                (_, commits) -> new Merge(repository, commits, branch, check()).of(heads, app));
    }

    /// Who changed files in the commits that a head has and an older one has not, by path:
    /// `email:ada@example.org`, and who signed, `signer:ada`.
    ///
    /// @param since empty, or not known any more: who made the head's own commit, for all files
    @Override
    public Map<String, SortedSet<String>> authors(
            Repository repository, Optional<String> since, String head, Collection<String> paths) {
        return inMirror(
                repository,
                "reading who made " + head + " in its mirror",
                head,
                (_, commits) -> new Authors(commits, check()).of(since, head, paths));
    }

    /// Reads one manifest again, from the mirror alone.
    ///
    /// @return empty if the commit has no such file
    /// @throws SourceException if the mirror has no such commit
    @Override
    public Optional<ManifestFile> read(
            Repository repository, String commit, String app, String path) {
        return inMirror(
                repository,
                "reading `" + path + "` of commit " + commit + " from its mirror",
                commit,
                (_, commits) ->
                        new CommittedManifests(repository, commits).read(commit, app, path));
    }

    /// Puts a text onto a ref of its own, after what stands there: see [PublishedHead].
    ///
    /// @throws SourceException if the repository cannot be reached or does not take it
    public void publish(Repository repository, String ref, String text, Instant at) {
        try (var remote = new Remote(repository, timeout, sshFolder)) {
            PublishedHead.push(remote, ref, text, at);
        } catch (IOException e) {
            throw Failure.of(repository, "pushing to " + ref, e);
        }
    }

    /// What was put onto such a ref so far, newest first.
    public List<String> published(Repository repository, String ref) {
        try (var remote = new Remote(repository, timeout, sshFolder)) {
            return PublishedHead.read(remote, ref);
        } catch (IOException e) {
            throw Failure.of(repository, "reading " + ref, e);
        }
    }

    /// Something that is read out of a mirror.
    private interface Reading<T> {
        T in(org.eclipse.jgit.lib.Repository git, RevWalk commits) throws IOException;
    }

    private <T> T inMirror(Repository repository, String tried, String commit, Reading<T> reading) {
        var mirror = mirror(repository);
        try (var _ = mirror.alone()) {
            if (isBehind(mirror, commit)) catchUp(repository, mirror);
            try (var git = mirror.open();
                    var commits = new RevWalk(git)) {
                return reading.in(git, commits);
            } catch (CorruptObjectException | MissingObjectException e) {
                // A commit that a force-push took away may be lost, but not the branch's own.
                if (mirror.standsAt(commit)) mirror.discard();
                throw e;
            }
        } catch (IOException e) {
            throw Failure.of(repository, tried, e);
        }
    }

    /// Whether another node has seen a commit that this one's mirror does not have yet. Where there
    /// is none to be had it is looked for again no sooner than after a while.
    private boolean isBehind(Mirror mirror, String commit) throws IOException {
        if (!fetches.getAsBoolean() || !ObjectId.isId(commit) || mirror.has(commit)) return false;
        var now = System.nanoTime();
        var last = sought.put(commit, now);
        if (sought.size() > MOST_SOUGHT) sought.clear();
        return last == null || now - last > SOUGHT_AGAIN.toNanos();
    }

    /// Fetches what the branch and the refs beside it have that this mirror has not.
    private void catchUp(Repository repository, Mirror mirror) throws IOException {
        try (var remote = new Remote(repository, timeout, sshFolder)) {
            var beside = Stream.concat(repository.heads().stream(), mirror.beside().stream());
            var seen = remote.look(beside.distinct().toList());
            if (seen.branch().isPresent()) mirror.follow(remote, seen);
        }
    }

    private Look look(
            Repository repository,
            Mirror mirror,
            Remote remote,
            Remote.Seen seen,
            Optional<String> lastHead) {
        try {
            var moved = follow(repository, mirror, remote, seen);
            return compare(repository, mirror, seen, lastHead, moved);
        } catch (IOException e) {
            LOG.warn(
                    "The mirror of repository {} is damaged and is made again: {}",
                    repository.name(),
                    e.toString());
        }
        try {
            mirror.make(remote, seen);
            return compare(repository, mirror, seen, lastHead, true);
        } catch (IOException e) {
            throw Failure.of(repository, "making its mirror again in " + mirrors, e);
        }
    }

    private static boolean follow(
            Repository repository, Mirror mirror, Remote remote, Remote.Seen seen)
            throws IOException {
        try (var _ = Traces.begin(Stage.FETCH, About.repository(repository.name()))) {
            return mirror.follow(remote, seen);
        }
    }

    private static Look compare(
            Repository repository,
            Mirror mirror,
            Remote.Seen seen,
            Optional<String> lastHead,
            boolean moved)
            throws IOException {
        var tip = seen.branch().orElseThrow();
        try (var git = mirror.open();
                var commits = new RevWalk(git)) {
            var heads = Mirror.heads(git, seen.beside().keySet());
            if (!moved && lastHead.equals(Optional.of(tip.name()))) {
                return new Look(new Unchanged(), heads);
            }
            // Since `ls-remote` the branch may have moved on: what was fetched counts.
            var head = Mirror.head(git).orElse(tip);
            return new Look(
                    new CommittedManifests(repository, commits).since(lastHead, head), heads);
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
