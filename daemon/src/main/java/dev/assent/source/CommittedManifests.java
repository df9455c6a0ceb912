package dev.assent.source;

import dev.assent.source.Poll.Gone;
import dev.assent.source.Poll.Moved;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/// The manifests in a repository's commits, read from its object database. Only a regular file is
/// one: a symbolic link could point to anything, and a submodule is none of this repository's.
final class CommittedManifests {

    /// A manifest may have 1 MiB; one byte more says that it has more.
    private static final int CUT = (1 << 20) + 1;

    private final Repository repository;
    private final RevWalk commits;
    private final ObjectReader objects;

    CommittedManifests(Repository repository, RevWalk commits) {
        this.repository = repository;
        this.commits = commits;
        this.objects = commits.getObjectReader();
    }

    /// A manifest's place in a commit.
    private record Found(String app, String path, ObjectId blob) {}

    /// What differs between two trees for one application.
    ///
    /// @param before the path that the older tree had, if it had one
    /// @param after what the newer one has, as far as it differs
    private record Touch(Optional<String> before, Optional<Found> after) {

        private Touch and(Touch other) {
            return new Touch(before.or(other::before), after.or(other::after));
        }
    }

    /// The difference between two commits, or all of the newer one's manifests when the older one
    /// is not to be had.
    Moved since(Optional<String> lastHead, ObjectId head) throws IOException {
        var newer = commits.parseCommit(head).getTree();
        var older = lastHead.isPresent() ? tree(lastHead.get()) : Optional.<RevTree>empty();
        if (older.isEmpty()) {
            var all = in(newer, manifests(_ -> true));
            return new Moved(head.name(), read(all, head.name()), List.of());
        }
        var touched = touched(older.get(), newer);
        var there = there(touched, newer);
        var gone = new ArrayList<Gone>();
        touched.forEach((app, touch) -> {
            if (!there.containsKey(app)) gone.add(new Gone(app, touch.before().orElseThrow()));
        });
        return new Moved(head.name(), read(there, head.name()), List.copyOf(gone));
    }

    /// The applications that have a manifest in a commit.
    Set<String> applications(ObjectId head) throws IOException {
        return in(commits.parseCommit(head).getTree(), manifests(_ -> true)).keySet();
    }

    /// The file at a path of a commit.
    ///
    /// @throws MissingObjectException if there is no such commit
    Optional<ManifestFile> read(String commit, String app, String path) throws IOException {
        if (!ObjectId.isId(commit)) throw new MissingObjectException(ObjectId.zeroId(), commit);
        if (path.isEmpty()) return Optional.empty();
        var tree = commits.parseCommit(ObjectId.fromString(commit)).getTree();
        try (var walk = TreeWalk.forPath(objects, path, tree)) {
            if (walk == null || !isFile(walk, 0)) return Optional.empty();
            var bytes = bytes(walk.getObjectId(0));
            return Optional.of(new ManifestFile(app, path, commit, bytes));
        }
    }

    /// A commit's tree; empty when there is no such commit.
    private Optional<RevTree> tree(String commit) throws IOException {
        if (!ObjectId.isId(commit)) return Optional.empty();
        try {
            return Optional.of(commits.parseCommit(ObjectId.fromString(commit)).getTree());
        } catch (MissingObjectException | IncorrectObjectTypeException _) {
            return Optional.empty();
        }
    }

    /// The manifests that the touched applications have now. Where each can have but one, the
    /// difference tells; else they are looked for again, wherever they may be.
    private NavigableMap<String, Found> there(Map<String, Touch> touched, RevTree newer)
            throws IOException {
        var patterns = repository.manifests();
        if (patterns.size() > 1 || patterns.getFirst().pathOf(repository.name()).isEmpty()) {
            return touched.isEmpty() ? new TreeMap<>() : in(newer, of(touched.keySet()));
        }
        var there = new TreeMap<String, Found>();
        touched.forEach((app, touch) -> touch.after().ifPresent(it -> there.put(app, it)));
        return there;
    }

    /// Lets a walk see the manifests of the wanted applications.
    TreeFilter manifests(Predicate<String> wanted) {
        return new ManifestFilter(repository, wanted);
    }

    /// The same for a few of many applications: where a path can be told from an application's
    /// name, no other is looked at.
    TreeFilter of(Set<String> apps) {
        var places = new HashSet<String>();
        for (var pattern : repository.manifests()) {
            for (var app : apps) {
                var place = pattern.pathOf(app);
                if (place.isEmpty()) return manifests(apps::contains);
                places.add(place.get());
            }
        }
        return AndTreeFilter.create(
                PathFilterGroup.createFromStrings(places), manifests(apps::contains));
    }

    /// The manifests of a tree that a filter lets through, by application.
    ///
    /// @throws SourceException if two would be for the same application: whichever were taken could
    ///   be the wrong one
    private NavigableMap<String, Found> in(RevTree tree, TreeFilter filter) throws IOException {
        var found = new TreeMap<String, Found>();
        try (var walk = new TreeWalk(objects)) {
            walk.addTree(tree);
            walk.setRecursive(true);
            walk.setFilter(filter);
            while (walk.next()) {
                if (!isFile(walk, 0)) continue;
                var path = walk.getPathString();
                var app = repository.applicationAt(path).orElseThrow();
                var it = new Found(app, path, walk.getObjectId(0));
                var other = found.putIfAbsent(it.app(), it);
                if (other != null) throw ambiguous(other, it);
            }
        }
        return found;
    }

    /// The applications whose manifests differ between two trees.
    private NavigableMap<String, Touch> touched(RevTree older, RevTree newer) throws IOException {
        var touched = new TreeMap<String, Touch>();
        try (var walk = new TreeWalk(objects)) {
            walk.addTree(older);
            walk.addTree(newer);
            walk.setRecursive(true);
            walk.setFilter(AndTreeFilter.create(TreeFilter.ANY_DIFF, manifests(_ -> true)));
            while (walk.next()) {
                if (fileAt(walk, 0).equals(fileAt(walk, 1))) continue;
                var path = walk.getPathString();
                var app = repository.applicationAt(path).orElseThrow();
                var touch =
                        new Touch(
                                fileAt(walk, 0).map(_ -> path),
                                fileAt(walk, 1).map(it -> new Found(app, path, it)));
                touched.merge(app, touch, Touch::and);
            }
        }
        return touched;
    }

    /// A blob's content, cut where it is longer than a manifest may be.
    byte[] bytes(AnyObjectId blob) throws IOException {
        var loader = objects.open(blob, Constants.OBJ_BLOB);
        if (loader.getSize() <= CUT && !loader.isLarge()) return loader.getBytes();
        try (var stream = loader.openStream()) {
            return stream.readNBytes(CUT);
        }
    }

    private List<ManifestFile> read(NavigableMap<String, Found> found, String commit)
            throws IOException {
        var files = new ArrayList<ManifestFile>();
        for (var it : found.values()) {
            files.add(new ManifestFile(it.app(), it.path(), commit, bytes(it.blob())));
        }
        return List.copyOf(files);
    }

    static Optional<ObjectId> fileAt(TreeWalk walk, int tree) {
        return isFile(walk, tree) ? Optional.of(walk.getObjectId(tree)) : Optional.empty();
    }

    static boolean isFile(TreeWalk walk, int tree) {
        return (walk.getRawMode(tree) & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
    }

    private SourceException ambiguous(Found one, Found two) {
        return Failure.of(
                repository,
                "telling its manifests apart",
                "both `%s` and `%s` are for application `%s`"
                        .formatted(one.path(), two.path(), one.app()),
                "Remove one of them, or narrow `manifests` in the configuration. Until then"
                        + " nothing is read from this repository.");
    }
}
