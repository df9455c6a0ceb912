package dev.assent.crash;

import dev.assent.reconcile.GitRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.api.errors.GitAPIException;

/// The repository that several nodes poll, and the clone that is pushed from.
final class Platform implements AutoCloseable {

    private final GitRepository git;

    Platform(Path folder) throws IOException {
        try {
            git = new GitRepository(folder);
        } catch (GitAPIException e) {
            throw new IOException(e);
        }
    }

    String url() {
        return git.url();
    }

    /// Pushes a commit with these manifests, by the applications' names.
    void push(Map<String, String> manifests) throws IOException {
        var files = new TreeMap<String, String>();
        manifests.forEach((name, text) -> files.put("apps/" + name + "/manifest.yml", text));
        try {
            git.pushAll(files);
        } catch (GitAPIException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        git.close();
    }
}
