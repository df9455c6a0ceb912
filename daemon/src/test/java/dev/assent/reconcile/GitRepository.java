package dev.assent.reconcile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.ResetCommand.ResetType;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.transport.RefSpec;

/// A real Git repository that people push to, and one person's clone of it.
final class GitRepository implements AutoCloseable {

    private static final PersonIdent AUTHOR = new PersonIdent("Test", "test@example.org");

    private final Path bare;
    private final Git work;

    GitRepository(Path folder) throws GitAPIException {
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

    String url() {
        return "file://" + bare;
    }

    Path bare() {
        return bare;
    }

    /// Commits a file and pushes it; gives the commit's id.
    String push(String path, String text) throws GitAPIException, IOException {
        var file = work.getRepository().getWorkTree().toPath().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        work.add().addFilepattern(".").call();
        return commitAndPush("Change " + path);
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
        var commit =
                work.commit()
                        .setMessage(message)
                        .setAuthor(AUTHOR)
                        .setCommitter(AUTHOR)
                        .setSign(false)
                        .call();
        push("refs/heads/main:refs/heads/main");
        return commit.name();
    }

    private void push(String what) throws GitAPIException {
        work.push().setRemote(bare.toUri().toString()).setRefSpecs(new RefSpec(what)).call();
    }

    @Override
    public void close() {
        work.close();
    }
}
