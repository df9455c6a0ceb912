package dev.assent.state;

import dev.assent.plan.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How much there is of what at one moment, for whoever watches the daemon. It names nothing that
/// there are many of.
///
/// @param groups the groups that exist, by engine
public record Census(
        List<RepositoryState> repositories,
        List<Read> manifests,
        List<Read> heads,
        List<Standing> plans,
        List<Built> groups,
        List<Post> letters,
        List<Found> findings) {

    /// Of a record that can't be read.
    public static final Census UNKNOWN =
            new Census(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public Census {
        repositories = List.copyOf(repositories);
        manifests = List.copyOf(manifests);
        heads = List.copyOf(heads);
        plans = List.copyOf(plans);
        groups = List.copyOf(groups);
        letters = List.copyOf(letters);
        findings = List.copyOf(findings);
    }

    /// Manifests or heads of a repository that are in the same condition.
    public record Read(String repository, String condition, long number) {}

    /// The plans in a state.
    ///
    /// @param oldest when the first of them was proposed; empty where there is none
    public record Standing(PlanState state, long number, Optional<Instant> oldest) {}

    /// The groups of an engine.
    public record Built(String engine, long number) {}

    /// Servers that are otherwise than they are recorded in the same way.
    public record Found(Finding.Kind kind, long number) {}

    /// The letters to a recipient.
    ///
    /// @param waiting those that are still to be sent
    /// @param uncertain those of them whose sending began once, and nobody knows how that ended
    /// @param givenUp those that are tried no more, and that no newer one has replaced
    public record Post(String recipient, long waiting, long uncertain, long givenUp) {}
}
