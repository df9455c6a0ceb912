package dev.assent.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.source.HeadPattern;
import dev.assent.source.Look;
import dev.assent.source.ManifestFile;
import dev.assent.source.ManifestPattern;
import dev.assent.source.Merged;
import dev.assent.source.Poll;
import dev.assent.source.Repository;
import dev.assent.source.SourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// One repository of memory, with a branch and pull requests. It may be out of reach, tell what was
/// a while ago, and forget commits that nothing points to any more.
final class SimulatedGit {

    /// @param files the manifests, by application
    /// @param base where the branch stood when a pull request began
    /// @param ancestors what it has of the history
    private record Commit(
            String id,
            SortedMap<String, String> files,
            Optional<Commit> base,
            Set<String> ancestors) {}

    final Repository repository;
    final SortedMap<String, String> heads = new TreeMap<>();
    private final Map<String, Commit> commits = new HashMap<>();
    private final List<Commit> branch = new ArrayList<>();
    private final Simulation world;
    private int number;
    private boolean gone;

    SimulatedGit(Simulation world, String name) {
        this.world = world;
        this.repository =
                new Repository(
                        name,
                        "file:///simulated/" + name + ".git",
                        "main",
                        List.of(new ManifestPattern("apps/{app}/manifest.yml")),
                        List.of("production"),
                        Duration.ofSeconds(30));
    }

    private Commit commit(SortedMap<String, String> files, Optional<Commit> base, Commit... of) {
        var ancestors = new HashSet<String>();
        for (var each : of) {
            ancestors.add(each.id());
            ancestors.addAll(each.ancestors());
        }
        var id = "%s%039x".formatted(repository.name().equals("platform") ? "a" : "b", ++number);
        var commit = new Commit(id, new TreeMap<>(files), base, ancestors);
        commits.put(id, commit);
        return commit;
    }

    private Optional<Commit> tip() {
        return branch.isEmpty() ? Optional.empty() : Optional.of(branch.getLast());
    }

    /// What an application's manifest says on the branch now.
    Optional<String> file(String app) {
        return tip().flatMap(it -> Optional.ofNullable(it.files().get(app)));
    }

    /// Pushes a manifest to the branch, or takes it away.
    void push(String app, Optional<String> text) {
        gone = false;
        var files = tip().<SortedMap<String, String>>map(Commit::files).orElseGet(TreeMap::new);
        var parents = tip().stream().toArray(Commit[]::new);
        branch.add(commit(with(files, app, text), Optional.empty(), parents));
    }

    /// Sets the branch to what it was a while ago, and may forget what came after.
    void force(Chance chance) {
        if (branch.size() < 2) return;
        var lost = branch.removeLast();
        if (chance.of(0.5)) commits.remove(lost.id());
        gone = chance.of(0.2);
    }

    void comeBack() {
        gone = false;
    }

    /// Opens a pull request or pushes to one.
    void propose(String ref, String app, Optional<String> text) {
        if (branch.isEmpty()) return;
        var before = Optional.ofNullable(heads.get(ref)).map(commits::get);
        var base = before.flatMap(Commit::base).orElse(branch.getLast());
        var files = before.orElse(base).files();
        heads.put(ref, commit(with(files, app, text), Optional.of(base), base).id());
    }

    /// Merges a pull request where that is possible.
    void merge(String ref) {
        var head = commits.get(heads.remove(ref));
        if (head == null || branch.isEmpty()) return;
        var files = new TreeMap<>(branch.getLast().files());
        if (conflict(files, head).isPresent()) return;
        branch.add(commit(files, Optional.empty(), branch.getLast(), head));
    }

    private static SortedMap<String, String> with(
            SortedMap<String, String> files, String app, Optional<String> text) {
        var all = new TreeMap<>(files);
        text.ifPresentOrElse(it -> all.put(app, it), () -> all.remove(app));
        return all;
    }

    /// Merges a head into files; which application's manifest stands against it.
    private static Optional<String> conflict(SortedMap<String, String> files, Commit head) {
        var base = head.base().orElseThrow().files();
        for (var app : edited(head)) {
            var here = Optional.ofNullable(files.get(app));
            var there = Optional.ofNullable(head.files().get(app));
            if (here.equals(there)) continue;
            if (!here.equals(Optional.ofNullable(base.get(app)))) return Optional.of(app);
            there.ifPresentOrElse(it -> files.put(app, it), () -> files.remove(app));
        }
        return Optional.empty();
    }

    private static SortedSet<String> edited(Commit head) {
        var base = head.base().orElseThrow().files();
        var apps = new TreeSet<>(base.keySet());
        apps.addAll(head.files().keySet());
        apps.removeIf(it ->
                Optional.ofNullable(base.get(it))
                        .equals(Optional.ofNullable(head.files().get(it))));
        return apps;
    }

    private void reach(String what) {
        world.moment(what, false);
        if (world.strikes(Weather::fails)) {
            world.log("  Git is out of reach");
            throw new SourceException("Git is out of reach", new java.io.IOException(what));
        }
    }

    private Commit known(String id) {
        var found = commits.get(id);
        if (found == null) {
            throw new SourceException("commit lost", new java.io.IOException("no commit " + id));
        }
        return found;
    }

    Look look(Optional<String> lastHead, List<HeadPattern> beside) {
        world.moment("look at " + repository.name(), true);
        reach("look at " + repository.name());
        if (branch.isEmpty()) return new Look(new Poll.Empty(), new TreeMap<>());
        if (gone) return new Look(new Poll.BranchGone(), new TreeMap<>());
        var tip = branch.getLast();
        if (branch.size() > 1 && world.strikes(Weather::loses)) {
            world.log("  Git tells what was before");
            tip = branch.get(branch.size() - 2);
        }
        var seen = new TreeMap<String, String>();
        heads.forEach((ref, commit) -> {
            if (beside.contains(HeadPattern.exactly(ref))) seen.put(ref, commit);
        });
        var look = new Look(since(lastHead, tip), seen);
        world.moment("having looked at " + repository.name(), true);
        return look;
    }

    private Poll since(Optional<String> lastHead, Commit tip) {
        if (lastHead.equals(Optional.of(tip.id()))) return new Poll.Unchanged();
        var last = lastHead.map(commits::get);
        var before = last.<SortedMap<String, String>>map(Commit::files).orElseGet(TreeMap::new);
        var changed =
                tip.files().entrySet().stream()
                        .filter(it -> !it.getValue().equals(before.get(it.getKey())))
                        .map(it -> file(tip, it.getKey(), it.getValue()))
                        .toList();
        var gone =
                before.keySet().stream()
                        .filter(it -> !tip.files().containsKey(it))
                        .map(it -> new Poll.Gone(it, path(it)))
                        .toList();
        return new Poll.Moved(tip.id(), changed, gone);
    }

    private static String path(String app) {
        return "apps/%s/manifest.yml".formatted(app);
    }

    private static ManifestFile file(Commit commit, String app, String text) {
        return new ManifestFile(app, path(app), commit.id(), text.getBytes(UTF_8));
    }

    Merged merge(String branch, List<String> heads, Optional<String> only) {
        reach("merge " + heads);
        var into = known(branch);
        var files = new TreeMap<>(into.files());
        var apps = new TreeSet<String>();
        var contained = true;
        for (var id : heads) {
            var head = known(id);
            if (into.ancestors().contains(id)) continue;
            contained = false;
            var conflict = conflict(files, head);
            if (conflict.isPresent()) {
                return new Merged.Conflict(path(conflict.get()) + " was changed on both sides");
            }
            if (only.isPresent() || id.equals(heads.getLast())) apps.addAll(edited(head));
        }
        if (contained) return new Merged.Contained();
        apps.removeIf(it -> only.isPresent() && !only.get().equals(it));
        apps.removeIf(it ->
                Optional.ofNullable(files.get(it))
                        .equals(Optional.ofNullable(into.files().get(it))));
        var last = known(heads.getLast());
        return new Merged.Clean(
                files.entrySet().stream()
                        .filter(it -> apps.contains(it.getKey()))
                        .map(it -> file(last, it.getKey(), it.getValue()))
                        .toList(),
                apps.stream()
                        .filter(it -> !files.containsKey(it))
                        .map(it -> new Poll.Gone(it, path(it)))
                        .toList(),
                new TreeSet<>(Set.of("email:dev@example.org")));
    }

    static Map<String, SortedSet<String>> authors(Collection<String> paths) {
        var authors = new TreeMap<String, SortedSet<String>>();
        for (var path : paths) authors.put(path, new TreeSet<>(Set.of("email:dev@example.org")));
        return authors;
    }

    Optional<ManifestFile> read(String commit, String app) {
        reach("read " + path(app));
        var found = known(commit);
        return Optional.ofNullable(found.files().get(app)).map(it -> file(found, app, it));
    }
}
