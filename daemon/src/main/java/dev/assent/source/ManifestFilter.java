package dev.assent.source;

import java.util.function.Predicate;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/// Lets a walk see manifests, and enter only folders in which some can be.
final class ManifestFilter extends TreeFilter {

    private final Repository repository;

    private final Predicate<String> wanted;

    /// A filter for the applications that are wanted.
    ManifestFilter(Repository repository, Predicate<String> wanted) {
        this.repository = repository;
        this.wanted = wanted;
    }

    @Override
    public boolean include(TreeWalk walk) {
        var path = walk.getPathString();
        return walk.isSubtree()
                ? repository.manifests().stream().anyMatch(it -> it.reachesInto(path, wanted))
                : repository.applicationAt(path).filter(wanted).isPresent();
    }

    @Override
    public boolean shouldBeRecursive() {
        return true;
    }

    @Override
    public TreeFilter clone() {
        return this;
    }
}
