package dev.assent.simulation;

import dev.assent.source.HeadPattern;
import dev.assent.source.Look;
import dev.assent.source.ManifestFile;
import dev.assent.source.ManifestSource;
import dev.assent.source.Merged;
import dev.assent.source.Poll;
import dev.assent.source.Repository;
import dev.assent.source.SignedCommits;
import dev.assent.source.SignedSource;
import dev.assent.source.SignedYes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Predicate;

/// Several repositories as one source. Nobody signs anything.
record Gits(List<SimulatedGit> all) implements ManifestSource, SignedSource {

    private SimulatedGit of(Repository repository) {
        return all.stream()
                .filter(it -> it.repository.equals(repository))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Look look(Repository repository, Optional<String> last, List<HeadPattern> beside) {
        return of(repository).look(last, beside);
    }

    @Override
    public Merged merged(Repository repository, String branch, List<String> heads) {
        return of(repository).merge(branch, heads, Optional.empty());
    }

    @Override
    public Merged merged(Repository repository, String branch, List<String> heads, String app) {
        return of(repository).merge(branch, heads, Optional.of(app));
    }

    @Override
    public Map<String, SortedSet<String>> authors(
            Repository repository, Optional<String> since, String head, Collection<String> paths) {
        return SimulatedGit.authors(paths);
    }

    @Override
    public Optional<ManifestFile> read(
            Repository repository, String commit, String app, String path) {
        return of(repository).read(commit, app);
    }

    @Override
    public List<SignedYes> approvalsIn(
            Repository repository, Optional<String> since, String head, String ref) {
        return List.of();
    }

    @Override
    public List<SignedYes> tags(Repository repository, Predicate<String> known) {
        return List.of();
    }

    @Override
    public Optional<SignedYes> again(
            Repository repository, SignedYes.Kind kind, String object, String ref) {
        return Optional.empty();
    }

    @Override
    public Poll accepted(Repository repository, Optional<String> accepted, Poll poll) {
        return poll;
    }

    @Override
    public Optional<Poll.Unsigned> refused(
            Repository repository, SignedCommits required, Optional<String> accepted, String head) {
        return Optional.empty();
    }
}
