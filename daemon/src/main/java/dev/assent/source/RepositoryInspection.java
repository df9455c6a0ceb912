package dev.assent.source;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/// A look at a repository as the daemon would take it, which leaves nothing behind.
///
/// @param empty whether it has nothing at all
/// @param branch whether the branch is there
/// @param applications those that have a manifest on it
public record RepositoryInspection(boolean empty, boolean branch, Set<String> applications) {

    public RepositoryInspection {
        applications = Set.copyOf(applications);
    }

    /// Looks, with the repository's token or key.
    ///
    /// @throws SourceException if it can't be reached or read
    public static RepositoryInspection of(Repository repository, Duration timeout) {
        NoForeignSettings.take();
        try (var remote = new Remote(repository, timeout, GitSource.sshFolder())) {
            var tip = remote.look(List.of()).branch();
            if (tip.isEmpty()) return new RepositoryInspection(remote.isEmpty(), false, Set.of());
            return new RepositoryInspection(false, true, applications(repository, remote));
        } catch (IOException e) {
            throw Failure.of(repository, "looking for its manifests", e);
        }
    }

    private static Set<String> applications(Repository repository, Remote remote)
            throws IOException {
        var folder = Files.createTempDirectory("assent-look-");
        try (var git = new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build()) {
            git.create(true);
            Mirror.collectInForeground(git.getConfig());
            remote.fetchNames(git);
            try (var commits = new RevWalk(git)) {
                var head = Optional.ofNullable(git.resolve(remote.branch()));
                return head.isEmpty()
                        ? Set.of()
                        : new CommittedManifests(repository, commits).applications(head.get());
            }
        } finally {
            Mirror.delete(folder);
        }
    }
}
