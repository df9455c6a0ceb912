package dev.assent.source;

import dev.assent.source.Merged.Clean;
import dev.assent.source.Merged.Conflict;
import dev.assent.source.Merged.Contained;
import dev.assent.source.Poll.Gone;
import dev.assent.source.signature.SignatureCheck;
import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/// Merges heads into a branch as far as manifests go, in memory: line by line, as Git does. Nothing
/// but the manifests that a head touches is read, however large the repository is. Whether other
/// files conflict is the forge's to say.
final class Merge {

    private final Repository repository;
    private final RevWalk commits;
    private final CommittedManifests manifests;
    private final RevCommit branch;
    private final Authors authors;

    /// What the manifests would be by now, where that is not what the branch has; empty: gone.
    private final Map<String, Optional<byte[]>> merged = new TreeMap<>();

    Merge(Repository repository, RevWalk commits, String branch, SignatureCheck check)
            throws IOException {
        this.authors = new Authors(commits, check);
        this.repository = repository;
        this.commits = commits;
        this.manifests = new CommittedManifests(repository, commits);
        this.branch = commits.parseCommit(ObjectId.fromString(branch));
    }

    /// What differs in a manifest between a head and where it left the branch.
    private record Touch(Optional<ObjectId> before, Optional<ObjectId> after) {}

    /// A manifest that can't be merged.
    private static final class ConflictException extends Exception {

        @Serial private static final long serialVersionUID = 1;

        ConflictException(String why) {
            super(why, null, false, false);
        }
    }

    /// What the last of some heads changes, all of them merged one after the other.
    Merged of(List<String> heads) throws IOException {
        var last = commit(heads.getLast());
        if (commits.isMergedInto(last, branch)) return new Contained();
        try {
            NavigableSet<String> touched = new TreeSet<>();
            for (var head : heads) touched = apps(take(commit(head)));
            return result(touched, last);
        } catch (ConflictException e) {
            return new Conflict(String.valueOf(e.getMessage()));
        }
    }

    /// What some heads, merged one after the other, make of one application.
    Merged of(List<String> heads, String app) throws IOException {
        try {
            for (var head : heads) take(commit(head));
            return result(new TreeSet<>(Set.of(app)), commit(heads.getLast()));
        } catch (ConflictException e) {
            return new Conflict(String.valueOf(e.getMessage()));
        }
    }

    private RevCommit commit(String id) throws IOException {
        return commits.parseCommit(ObjectId.fromString(id));
    }

    /// Merges one head.
    ///
    /// @return the paths that it touches
    private Set<String> take(RevCommit head) throws IOException, ConflictException {
        var base = base(head);
        if (base.isEmpty()) {
            throw new ConflictException("it has no history in common with " + repository.branch());
        }
        var touched = touched(base.get(), head);
        var conflicts = new ArrayList<String>();
        for (var it : touched.entrySet()) {
            var path = it.getKey();
            var before = bytes(it.getValue().before());
            var theirs = bytes(it.getValue().after());
            var three = new ThreeWay(before, ours(path), theirs);
            switch (three.merge()) {
                case ThreeWay.Took(var content) -> merged.put(path, content);
                case ThreeWay.Conflicting() -> conflicts.add("`" + path + "`");
            }
        }
        if (conflicts.isEmpty()) return touched.keySet();
        throw new ConflictException(
                "it conflicts with %s in %s; merge %s into it, or rebase it"
                        .formatted(
                                repository.branch(),
                                String.join(", ", conflicts),
                                repository.branch()));
    }

    /// Where a head left the branch. Of several such places, after merges to and fro, any does:
    /// what comes of it is only what is reviewed, and the branch's own plan is made from its own
    /// commits.
    private Optional<RevCommit> base(RevCommit head) throws IOException {
        commits.reset();
        commits.setRevFilter(RevFilter.MERGE_BASE);
        try {
            commits.markStart(branch);
            commits.markStart(head);
            return Optional.ofNullable(commits.next());
        } finally {
            commits.reset();
            commits.setRevFilter(RevFilter.ALL);
        }
    }

    private Map<String, Touch> touched(RevCommit base, RevCommit head) throws IOException {
        var touched = new LinkedHashMap<String, Touch>();
        try (var walk = new TreeWalk(commits.getObjectReader())) {
            walk.addTree(commits.parseCommit(base).getTree());
            walk.addTree(head.getTree());
            walk.setRecursive(true);
            walk.setFilter(
                    AndTreeFilter.create(TreeFilter.ANY_DIFF, manifests.manifests(_ -> true)));
            while (walk.next()) {
                var before = CommittedManifests.fileAt(walk, 0);
                var after = CommittedManifests.fileAt(walk, 1);
                if (!before.equals(after)) {
                    touched.put(walk.getPathString(), new Touch(before, after));
                }
            }
        }
        return touched;
    }

    private Optional<byte[]> ours(String path) throws IOException {
        var sofar = merged.get(path);
        return sofar == null ? inBranch(path) : sofar;
    }

    private Optional<byte[]> inBranch(String path) throws IOException {
        try (var walk = TreeWalk.forPath(commits.getObjectReader(), path, branch.getTree())) {
            return walk == null ? Optional.empty() : bytes(CommittedManifests.fileAt(walk, 0));
        }
    }

    private Optional<byte[]> bytes(Optional<ObjectId> blob) throws IOException {
        return blob.isPresent() ? Optional.of(manifests.bytes(blob.get())) : Optional.empty();
    }

    private NavigableSet<String> apps(Set<String> paths) {
        var apps = new TreeSet<String>();
        paths.forEach(it -> repository.applicationAt(it).ifPresent(apps::add));
        return apps;
    }

    /// What applications' manifests would be, where that is not what the branch has.
    private Merged result(Set<String> apps, RevCommit head) throws IOException, ConflictException {
        var before = inBranch(apps);
        var changed = new ArrayList<ManifestFile>();
        var gone = new ArrayList<Gone>();
        for (var app : apps) {
            var old = before.getOrDefault(app, new TreeSet<>());
            var now = paths(app, old);
            if (now.size() > 1) {
                throw new ConflictException(
                        "both `%s` and `%s` would be for application `%s`"
                                .formatted(now.first(), now.last(), app));
            }
            if (now.isEmpty()) {
                if (!old.isEmpty()) gone.add(new Gone(app, old.first()));
                continue;
            }
            var path = now.first();
            var content = merged.get(path);
            if (content == null || content.isEmpty()) continue;
            if (ThreeWay.same(content, inBranch(path))) continue;
            changed.add(new ManifestFile(app, path, head.name(), content.get()));
        }
        return new Clean(changed, gone, authors.between(branch, head));
    }

    private NavigableSet<String> paths(String app, Set<String> before) {
        var paths = new TreeSet<>(before);
        merged.forEach((path, content) -> {
            if (!repository.applicationAt(path).equals(Optional.of(app))) return;
            if (content.isPresent()) paths.add(path);
            else paths.remove(path);
        });
        return paths;
    }

    /// Where the branch has the manifests of applications.
    private Map<String, NavigableSet<String>> inBranch(Set<String> apps) throws IOException {
        var paths = new HashMap<String, NavigableSet<String>>();
        if (apps.isEmpty()) return paths;
        try (var walk = new TreeWalk(commits.getObjectReader())) {
            walk.addTree(branch.getTree());
            walk.setRecursive(true);
            walk.setFilter(manifests.of(apps));
            while (walk.next()) {
                if (!CommittedManifests.isFile(walk, 0)) continue;
                var path = walk.getPathString();
                repository
                        .applicationAt(path)
                        .ifPresent(it -> paths.computeIfAbsent(it, _ -> new TreeSet<>()).add(path));
            }
        }
        return paths;
    }
}
