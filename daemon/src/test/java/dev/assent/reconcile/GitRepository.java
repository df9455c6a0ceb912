package dev.assent.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.MergeCommand;
import org.eclipse.jgit.api.ResetCommand.ResetType;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.RefSpec;

/// A real Git repository that people push to, and one person's clone of it.
public final class GitRepository implements AutoCloseable {

    private PersonIdent author = new PersonIdent("Test", "test@example.org");

    private final Path bare;
    private final Git work;

    public GitRepository(Path folder) throws GitAPIException {
        bare = folder.resolve("platform.git");
        Git.init()
                .setBare(true)
                .setInitialBranch("main")
                .setDirectory(bare.toFile())
                .call()
                .close();
        work =
                Git.init()
                        .setInitialBranch("main")
                        .setDirectory(folder.resolve("work").toFile())
                        .call();
    }

    /// From now on somebody else commits.
    void by(String email) {
        author = new PersonIdent("Somebody", email);
    }

    public String url() {
        return "file://" + bare;
    }

    Path bare() {
        return bare;
    }

    /// Commits a file and pushes it; gives the commit's id.
    public String push(String path, String text) throws GitAPIException, IOException {
        var file = work.getRepository().getWorkTree().toPath().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        work.add().addFilepattern(".").call();
        return commitAndPush("Change " + path);
    }

    /// Commits many files at once and pushes them; gives the commit's id.
    public String pushAll(Map<String, String> files) throws GitAPIException, IOException {
        for (var it : files.entrySet()) {
            var file = work.getRepository().getWorkTree().toPath().resolve(it.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, it.getValue());
        }
        work.add().addFilepattern(".").call();
        return commitAndPush("Change %d files".formatted(files.size()));
    }

    /// Makes a commit in the bare repository that changes one file of another commit; no branch
    /// stands there, and no work tree is needed.
    String commitOn(String parent, String path, String text) throws IOException {
        try (var git = new FileRepositoryBuilder().setGitDir(bare.toFile()).setBare().build();
                var commits = new RevWalk(git);
                var inserter = git.newObjectInserter()) {
            var blob = inserter.insert(Constants.OBJ_BLOB, text.getBytes(UTF_8));
            var index = DirCache.newInCore();
            var builder = index.builder();
            builder.addTree(
                    new byte[0],
                    0,
                    commits.getObjectReader(),
                    commits.parseCommit(ObjectId.fromString(parent)).getTree());
            builder.finish();
            var editor = index.editor();
            editor.add(
                    new DirCacheEditor.PathEdit(path) {
                        @Override
                        public void apply(DirCacheEntry entry) {
                            entry.setFileMode(FileMode.REGULAR_FILE);
                            entry.setObjectId(blob);
                        }
                    });
            editor.finish();
            var commit = new CommitBuilder();
            commit.setTreeId(index.writeTree(inserter));
            commit.setParentId(ObjectId.fromString(parent));
            commit.setAuthor(author);
            commit.setCommitter(author);
            commit.setMessage("Change " + path);
            var id = inserter.insert(commit);
            inserter.flush();
            return id.name();
        }
    }

    /// Commits a file on a branch of its own, which begins at main where there is none yet, and
    /// pushes that; main stays where it is.
    public String pushTo(String branch, String path, String text)
            throws GitAPIException, IOException {
        var isNew = work.getRepository().exactRef("refs/heads/" + branch) == null;
        work.checkout().setCreateBranch(isNew).setName(branch).call();
        var file = work.getRepository().getWorkTree().toPath().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        work.add().addFilepattern(".").call();
        var commit = commit("Change " + path);
        push("+refs/heads/" + branch + ":refs/heads/" + branch);
        work.checkout().setName("main").call();
        return commit;
    }

    /// Merges a branch into main, as a forge does, and pushes main.
    String merge(String branch) throws GitAPIException, IOException {
        var merge =
                work.merge()
                        .include(work.getRepository().exactRef("refs/heads/" + branch))
                        .setFastForward(MergeCommand.FastForwardMode.NO_FF)
                        .setCommit(true)
                        .setMessage("Merge " + branch)
                        .call();
        if (!merge.getMergeStatus().isSuccessful()) throw new AssertionError(merge);
        push("refs/heads/main:refs/heads/main");
        return String.valueOf(merge.getNewHead().name());
    }

    /// Sets a ref of the bare repository, as a forge does for the head of a pull request.
    public void setRef(String ref, String commit) throws IOException {
        try (var git = new FileRepositoryBuilder().setGitDir(bare.toFile()).setBare().build()) {
            var update = git.updateRef(ref);
            update.setNewObjectId(ObjectId.fromString(commit));
            update.forceUpdate();
        }
    }

    void deleteBranch(String branch) throws GitAPIException {
        push(":refs/heads/" + branch);
        work.branchDelete().setBranchNames(branch).setForce(true).call();
    }

    String remove(String path) throws GitAPIException {
        work.rm().addFilepattern(path).call();
        return commitAndPush("Remove " + path);
    }

    void forcePush(String commit) throws GitAPIException {
        work.reset().setMode(ResetType.HARD).setRef(commit).call();
        push("+refs/heads/main:refs/heads/main");
    }

    void pushBranch(String branch) throws GitAPIException {
        push("refs/heads/main:refs/heads/" + branch);
    }

    void deleteBranch() throws GitAPIException {
        push(":refs/heads/main");
    }

    private String commitAndPush(String message) throws GitAPIException {
        var commit = commit(message);
        push("refs/heads/main:refs/heads/main");
        return commit;
    }

    private String commit(String message) throws GitAPIException {
        return work.commit()
                .setMessage(message)
                .setAuthor(author)
                .setCommitter(author)
                .setSign(false)
                .call()
                .name();
    }

    private void push(String what) throws GitAPIException {
        work.push().setRemote(bare.toUri().toString()).setRefSpecs(new RefSpec(what)).call();
    }

    @Override
    public void close() {
        work.close();
    }
}
