package dev.assent.doctor;

import dev.assent.source.Repository;
import dev.assent.source.RepositoryInspection;
import java.time.Duration;

/// Whether a repository can be read with its token or key, has its branch, and manifests on it.
record RepositoryCheck(Repository repository) implements Check {

    private static final Duration PATIENCE = Duration.ofSeconds(8);

    @Override
    public String subject() {
        return "repository " + repository.name();
    }

    @Override
    public Finding look() {
        var found = RepositoryInspection.of(repository, PATIENCE);
        if (found.empty()) return Finding.warning("it is empty", "push the first manifest");
        if (!found.branch()) {
            return Finding.trouble(
                    "it can be read, but has no branch `%s`".formatted(repository.branch()),
                    "name the branch whose manifests count as `branch`");
        }
        if (found.applications().isEmpty()) {
            return Finding.warning(
                    "branch `%s` has no manifest where they are looked for: %s"
                            .formatted(repository.branch(), repository.manifests()),
                    "push one there, or say where they stand as `manifests`");
        }
        return Finding.fine(
                "branch `%s` has manifests: %d"
                        .formatted(repository.branch(), found.applications().size()));
    }
}
