package dev.assent.source;

import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/// Lets a walk see manifests, and enter only folders in which some can be.
final class ManifestFilter extends TreeFilter {

    private final Repository repository;

    ManifestFilter(Repository repository) {
        this.repository = repository;
    }

    @Override
    public boolean include(TreeWalk walk) {
        var path = walk.getPathString();
        return walk.isSubtree()
                ? repository.manifests().stream().anyMatch(it -> it.reachesInto(path))
                : repository.applicationAt(path).isPresent();
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
