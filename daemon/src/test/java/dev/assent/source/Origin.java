package dev.assent.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/// A real repository that somebody pushes to: files are set and removed, then committed.
final class Origin {

    private record Entry(FileMode mode, ObjectId object) {}

    private final Path folder;
    private final TreeMap<String, Entry> files = new TreeMap<>();
    private int commits;

    private Origin(Path folder) {
        this.folder = folder;
    }

    static Origin in(Path folder) {
        var origin = new Origin(folder);
        origin.with(git -> {
            git.create(true);
            return "";
        });
        return origin;
    }

    Path folder() {
        return folder;
    }

    String url() {
        return "file://" + folder;
    }

    Origin file(String path, String content) {
        return entry(path, FileMode.REGULAR_FILE, content.getBytes(UTF_8));
    }

    Origin executable(String path, String content) {
        return entry(path, FileMode.EXECUTABLE_FILE, content.getBytes(UTF_8));
    }

    Origin link(String path, String target) {
        return entry(path, FileMode.SYMLINK, target.getBytes(UTF_8));
    }

    Origin submodule(String path, String commit) {
        files.put(path, new Entry(FileMode.GITLINK, ObjectId.fromString(commit)));
        return this;
    }

    Origin without(String path) {
        files.remove(path);
        return this;
    }

    Origin entry(String path, FileMode mode, byte[] content) {
        with(git -> {
            try (var inserter = git.newObjectInserter()) {
                files.put(path, new Entry(mode, inserter.insert(Constants.OBJ_BLOB, content)));
                inserter.flush();
            }
            return "";
        });
        return this;
    }

    /// Commits on top of branch `main`.
    String commit() {
        return commit("main", head("main"));
    }

    /// Commits on top of another commit and sets the branch there, by force.
    String commit(String branch, Optional<String> parent) {
        return with(git -> {
            try (var inserter = git.newObjectInserter()) {
                var commit = new CommitBuilder();
                var index = DirCache.newInCore();
                var builder = index.builder();
                files.forEach((path, entry) -> {
                    var it = new DirCacheEntry(path);
                    it.setFileMode(entry.mode());
                    it.setObjectId(entry.object());
                    builder.add(it);
                });
                builder.finish();
                commit.setTreeId(index.writeTree(inserter));
                var moment = Instant.ofEpochSecond(1_700_000_000L + commits++);
                var who =
                        new PersonIdent("Somebody", "somebody@example.org", moment, ZoneOffset.UTC);
                commit.setAuthor(who);
                commit.setCommitter(who);
                commit.setMessage("Commit " + commits);
                parent.map(ObjectId::fromString).ifPresent(commit::setParentId);
                var id = inserter.insert(commit);
                inserter.flush();
                move(git, branch, id);
                return id.name();
            }
        });
    }

    void setBranch(String branch, String commit) {
        with(git -> {
            move(git, branch, ObjectId.fromString(commit));
            return "";
        });
    }

    void deleteBranch(String branch) {
        with(git -> {
            var update = git.updateRef(Constants.R_HEADS + branch);
            update.setForceUpdate(true);
            update.delete();
            return "";
        });
    }

    Optional<String> head(String branch) {
        return with(git ->
                Optional.ofNullable(git.exactRef(Constants.R_HEADS + branch))
                        .map(Ref::getObjectId)
                        .map(ObjectId::name));
    }

    private static void move(org.eclipse.jgit.lib.Repository git, String branch, ObjectId to)
            throws IOException {
        var update = git.updateRef(Constants.R_HEADS + branch);
        update.setNewObjectId(to);
        update.forceUpdate();
    }

    private interface Task<T> {

        T on(org.eclipse.jgit.lib.Repository git) throws IOException;
    }

    private <T> T with(Task<T> task) {
        try (var git = new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build()) {
            return task.on(git);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
