package dev.assent.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.transport.RefSpec;

/// The repository that several nodes poll, and the clone that is pushed from.
final class Platform implements AutoCloseable {

    private static final PersonIdent AUTHOR = new PersonIdent("Test", "test@example.org");
    private static final RefSpec MAIN = new RefSpec("refs/heads/main:refs/heads/main");

    private final Path bare;
    private final Path clone;
    private final Git work;

    Platform(Path folder) throws IOException {
        bare = folder.resolve("platform.git");
        clone = folder.resolve("work");
        try {
            Git.init()
                    .setBare(true)
                    .setInitialBranch("main")
                    .setDirectory(bare.toFile())
                    .call()
                    .close();
            work = Git.init().setInitialBranch("main").setDirectory(clone.toFile()).call();
        } catch (GitAPIException e) {
            throw new IOException(e);
        }
    }

    String url() {
        return "file://" + bare;
    }

    /// Pushes a commit with these manifests, by the applications' names.
    void push(Map<String, String> manifests) throws IOException {
        for (var it : manifests.entrySet()) {
            var file = clone.resolve("apps").resolve(it.getKey()).resolve("manifest.yml");
            Files.createDirectories(file.getParent());
            Files.writeString(file, it.getValue());
        }
        try {
            work.add().addFilepattern(".").call();
            work.commit()
                    .setMessage("Change " + String.join(", ", manifests.keySet()))
                    .setAuthor(AUTHOR)
                    .setCommitter(AUTHOR)
                    .setSign(false)
                    .call();
            work.push().setRemote(bare.toUri().toString()).setRefSpecs(MAIN).call();
        } catch (GitAPIException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        work.close();
    }
}
