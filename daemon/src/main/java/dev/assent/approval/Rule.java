package dev.assent.approval;

import dev.assent.approval.Channel.Proof;
import dev.assent.model.ApplicationName;
import dev.assent.model.ApplicationPattern;
import dev.assent.plan.Change;
import dev.assent.plan.Severity;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What it takes for a change to be approved. Of a policy's rules the first one that matches a
/// change decides on it.
///
/// @param name what messages call it
/// @param actions which changes it is for (`remove-group`); empty: all
/// @param severities likewise
/// @param approvals how many people have to say yes
/// @param by who may
/// @param author whether whoever made the change may, too
/// @param channels where a yes counts
/// @param proofs how many kinds of proof of identity there have to be among the yeses
/// @param mergedOnly whether it has to be merged first
/// @param window when it may be carried out; empty: any time
public record Rule(
        String name,
        ApplicationPattern match,
        Set<String> actions,
        Set<Severity> severities,
        int approvals,
        Voters by,
        boolean author,
        Set<Channel> channels,
        int proofs,
        boolean mergedOnly,
        Optional<Window> window) {

    public Rule {
        actions = Set.copyOf(actions);
        severities = Set.copyOf(severities);
        channels = Set.copyOf(channels);
        if (approvals < 1 || proofs < 1) throw new IllegalArgumentException("nobody: " + name);
    }

    /// Who may say yes.
    ///
    /// @param people by name
    public record Voters(SortedSet<String> people, SortedSet<String> groups) {
        public Voters {
            people = Collections.unmodifiableSortedSet(new TreeSet<>(people));
            groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
        }

        boolean hold(Voice voice) {
            return people.contains(voice.person()) || !Collections.disjoint(groups, voice.groups());
        }

        @Override
        public String toString() {
            return Sentences.either(Stream.concat(groups.stream(), people.stream()).toList());
        }
    }

    boolean matches(ApplicationName application, Change change) {
        return match.matches(application)
                && (actions.isEmpty() || actions.contains(change.action()))
                && (severities.isEmpty() || severities.contains(change.severity()));
    }

    /// Whether nothing is left for a rule behind this one.
    boolean leavesNothingTo(Rule later) {
        return (match.isAll() || match.equals(later.match))
                && (actions.isEmpty()
                        || (!later.actions.isEmpty() && actions.containsAll(later.actions)))
                && (severities.isEmpty()
                        || (!later.severities.isEmpty()
                                && severities.containsAll(later.severities)));
    }

    /// Why somebody's yes does not count, in a clause; empty where it does.
    Optional<String> objection(Voice voice, Set<String> authors) {
        if (!by.hold(voice)) return Optional.of("%s is not of %s".formatted(voice.person(), by));
        if (!author && authors.contains(voice.person())) {
            return Optional.of("%s is an author of the change".formatted(voice.person()));
        }
        if (Collections.disjoint(channels, voice.channels())) {
            return Optional.of(
                    "%s said it by %s, and only %s counts"
                            .formatted(
                                    voice.person(),
                                    voice.channels().isEmpty()
                                            ? "a channel that is not known"
                                            : words(voice.channels().stream()),
                                    words(channels.stream())));
        }
        return Optional.empty();
    }

    /// The channels that would be another kind of proof than those that there are.
    String otherChannels(Set<Proof> proofs) {
        return words(channels.stream().filter(it -> !proofs.contains(it.proof())));
    }

    private static String words(Stream<Channel> channels) {
        return Sentences.either(channels.sorted().map(Channel::word).toList());
    }

    /// What it takes, in a few words: `2 approvals of dba, by 2 kinds of channel, author excluded`.
    public String demands() {
        return Stream.of(
                        Optional.of(
                                (approvals == 1 ? "1 approval" : approvals + " approvals")
                                        + " of "
                                        + by),
                        Optional.of("by " + words(channels.stream()))
                                .filter(_ -> !channels.equals(Channel.USUAL)),
                        Optional.of("by " + proofs + " kinds of channel").filter(_ -> proofs > 1),
                        Optional.of("not by its author").filter(_ -> !author),
                        Optional.of("once it is merged").filter(_ -> mergedOnly))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }
}
