package dev.assent.approval;

import dev.assent.approval.Channel.Proof;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Somebody who says yes, as a policy hears them.
///
/// @param person the name in the policy, `admin`, or a name that is nobody's in it
/// @param groups those of the policy, and those that the proof of identity brings along
/// @param channels where they say it; several where it is asked whether they could; none where it
///   was said over one that there is no longer
public record Voice(String person, SortedSet<String> groups, Set<Channel> channels) {

    public Voice {
        groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
        channels = Set.copyOf(channels);
    }

    /// How it is known who speaks.
    Set<Proof> proofs() {
        return channels.stream().map(Channel::proof).collect(Collectors.toSet());
    }
}
