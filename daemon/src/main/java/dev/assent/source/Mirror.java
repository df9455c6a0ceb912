package dev.assent.source;

import dev.assent.failpoint.Failpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The local bare copy of one repository's branch. It is made beside its place and then moved
/// there, so that it is whole or not there at all; whatever is wrong with one, it can be made
/// again.
final class Mirror {

    /// Where the branch stands here, whatever its name: only one is watched.
    private static final String HEAD = "refs/assent/head";

    /// Where the refs beside it stand here: `refs/pull/7/head` as `refs/assent/beside/pull/7/head`.
    private static final String BESIDE = "refs/assent/beside/";

    /// What a fetch leaves behind that was killed.
    private static final Pattern LEFT_BEHIND =
            Pattern.compile(".*\\.(lock|keep|tmp)|(incoming_|noz|gc_).*");

    private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Path mirrors;
    private final Path folder;
    private Optional<org.eclipse.jgit.lib.Repository> kept = Optional.empty();

    Mirror(Path mirrors, String name) {
        this.mirrors = mirrors;
        this.folder = mirrors.resolve(name);
    }

    /// Waits until nobody else uses it; closed, others may.
    Turn alone() {
        lock.lock();
        return lock::unlock;
    }

    /// The time during which a mirror is one thread's.
    interface Turn extends AutoCloseable {

        @Override
        void close();
    }

    /// Opens it. Until it is made again it stays open behind the one that is given out, so that the
    /// index of all its objects is not read for each small change.
    ///
    /// @throws IOException if it is not there or broken
    org.eclipse.jgit.lib.Repository open() throws IOException {
        if (Files.notExists(folder)) letGo();
        var repository = kept.isPresent() ? kept.get() : builder(folder).setMustExist(true).build();
        kept = Optional.of(repository);
        repository.incrementOpen();
        return repository;
    }

    private void letGo() {
        kept.ifPresent(org.eclipse.jgit.lib.Repository::close);
        kept = Optional.empty();
    }

    /// Brings it to where the branch and the refs beside it stand, from nothing if need be.
    ///
    /// @param seen where they were seen; of what the mirror has, nothing is fetched
    /// @return whether the branch may have moved
    /// @throws IOException if the mirror is broken or can't be written
    boolean follow(Remote remote, Remote.Seen seen) throws IOException {
        if (Files.notExists(folder)) {
            make(remote, seen);
            return true;
        }
        try (var mirror = open()) {
            if (remote.url().equals(mirror.getConfig().getString("remote", "origin", "url"))) {
                forget(mirror, seen);
                var wanted = behind(mirror, remote, seen);
                var tags = !seen.tags().equals(tags(mirror));
                if (tags || !wanted.isEmpty()) remote.fetch(mirror, wanted);
                return wanted.containsKey(remote.branch());
            }
        }
        LOG.info("Mirror {} is made again, as the repository's URL has changed", folder);
        make(remote, seen);
        return true;
    }

    /// The refs that stand elsewhere there than here, with what they are called here.
    private static Map<String, String> behind(
            org.eclipse.jgit.lib.Repository mirror, Remote remote, Remote.Seen seen)
            throws IOException {
        var wanted = new TreeMap<String, String>();
        if (!seen.branch().equals(head(mirror))) wanted.put(remote.branch(), HEAD);
        for (var it : seen.beside().entrySet()) {
            var here = Optional.ofNullable(mirror.exactRef(beside(it.getKey())));
            if (here.isPresent() && it.getValue().equals(here.get().getObjectId())) continue;
            wanted.put(it.getKey(), beside(it.getKey()));
        }
        return wanted;
    }

    /// Lets go of refs beside the branch that are not there any more, or not wanted.
    private static void forget(org.eclipse.jgit.lib.Repository mirror, Remote.Seen seen)
            throws IOException {
        for (var ref : mirror.getRefDatabase().getRefsByPrefix(BESIDE)) {
            var there = Constants.R_REFS + ref.getName().substring(BESIDE.length());
            if (seen.beside().containsKey(there)) continue;
            var update = mirror.updateRef(ref.getName());
            update.setForceUpdate(true);
            update.delete();
        }
    }

    private static String beside(String ref) {
        return BESIDE + ref.substring(Constants.R_REFS.length());
    }

    /// Where the refs beside the branch stand in it, by their names at the far side.
    static SortedMap<String, String> heads(
            org.eclipse.jgit.lib.Repository mirror, Set<String> wanted) throws IOException {
        var heads = new TreeMap<String, String>();
        for (var ref : wanted) {
            // What went away between the look and the fetch is not there.
            var here = mirror.exactRef(beside(ref));
            if (here != null && here.getObjectId() != null) {
                heads.put(ref, here.getObjectId().name());
            }
        }
        return heads;
    }

    /// Where the branch stands in it.
    static Optional<ObjectId> head(org.eclipse.jgit.lib.Repository mirror) throws IOException {
        return Optional.ofNullable(mirror.exactRef(HEAD)).map(it -> it.getObjectId());
    }

    private static Map<String, ObjectId> tags(org.eclipse.jgit.lib.Repository mirror)
            throws IOException {
        var tags = new TreeMap<String, ObjectId>();
        for (var ref : mirror.getRefDatabase().getRefsByPrefix(GitTags.HERE)) {
            var name = GitTags.THERE + ref.getName().substring(GitTags.HERE.length());
            tags.put(name, ref.getObjectId());
        }
        return tags;
    }

    /// Whether it has a commit.
    boolean has(String commit) throws IOException {
        if (Files.notExists(folder)) return false;
        try (var mirror = open()) {
            return mirror.getObjectDatabase().has(ObjectId.fromString(commit));
        }
    }

    /// The refs beside the branch that it has, by their names at the far side.
    List<HeadPattern> beside() throws IOException {
        if (Files.notExists(folder)) return List.of();
        try (var mirror = open()) {
            return mirror.getRefDatabase().getRefsByPrefix(BESIDE).stream()
                    .map(it -> Constants.R_REFS + it.getName().substring(BESIDE.length()))
                    .map(HeadPattern::exactly)
                    .toList();
        }
    }

    /// Whether the branch stands at a commit in it, be that there or lost.
    boolean standsAt(String commit) throws IOException {
        try (var mirror = open()) {
            return head(mirror).map(ObjectId::name).equals(Optional.of(commit));
        }
    }

    /// Makes it new; what was there stays until the new one is whole.
    void make(Remote remote, Remote.Seen seen) throws IOException {
        letGo();
        var fresh = freshFolder();
        try {
            try (var mirror = builder(fresh).build()) {
                mirror.create(true);
                var config = mirror.getConfig();
                config.setString("remote", "origin", "url", remote.url());
                collectInForeground(config);
                // Nobody reads meanwhile; old packs that stayed would have it collect every time.
                config.setString("gc", null, "prunePackExpire", "now");
                config.setBoolean("pack", null, "buildBitmaps", false);
                config.setBoolean("core", null, "fsyncObjectFiles", true);
                config.setBoolean("core", null, "fsyncRefFiles", true);
                config.save();
                remote.fetch(mirror, behind(mirror, remote, seen));
            }
            discard();
            Failpoint.SOURCE_BEFORE_RENAME.reached(IOException::new);
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
            Failpoint.SOURCE_AFTER_RENAME.reached(IOException::new);
        } finally {
            delete(fresh);
        }
    }

    /// Takes it away, at one stroke.
    void discard() throws IOException {
        letGo();
        if (Files.notExists(folder)) return;
        var aside = freshFolder();
        Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
        delete(aside);
    }

    /// Removes what a killed process left in it: lock files above all, which would stop every fetch
    /// for ever.
    void tidy() throws IOException {
        if (Files.notExists(folder)) return;
        for (var file : below(folder)) {
            if (Files.isRegularFile(file)
                    && LEFT_BEHIND.matcher(file.getFileName().toString()).matches()) {
                LOG.warn("Removing {}, left behind by a process that was stopped", file);
                Files.deleteIfExists(file);
            }
        }
    }

    /// Removes the mirrors that were being made or taken away when the process was killed.
    static void tidyAll(Path mirrors) throws IOException {
        List<Path> leftBehind;
        try (var entries = Files.list(mirrors)) {
            leftBehind = entries.filter(it -> it.getFileName().toString().startsWith(".")).toList();
        }
        for (var it : leftBehind) delete(it);
    }

    /// Whether a failure means that the local copy is damaged.
    static boolean isBroken(Throwable failure) {
        return switch (failure) {
            case CorruptObjectException _,
                    MissingObjectException _,
                    ConfigInvalidException _,
                    RepositoryNotFoundException _ ->
                    true;
            default -> failure.getCause() != null && isBroken(failure.getCause());
        };
    }

    /// A new folder for the time being. No repository's name begins with a dot.
    private Path freshFolder() throws IOException {
        return Files.createTempDirectory(mirrors, "." + folder.getFileName() + ".");
    }

    private static FileRepositoryBuilder builder(Path folder) {
        return new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare();
    }

    private static List<Path> below(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.sorted(Comparator.reverseOrder()).toList();
        }
    }

    /// A collection in the background would go on when nobody expects it, even in a folder that is
    /// being deleted.
    static void collectInForeground(Config config) {
        config.setBoolean("gc", null, "autoDetach", false);
    }

    static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) return;
        for (var file : below(folder)) Files.deleteIfExists(file);
    }
}
