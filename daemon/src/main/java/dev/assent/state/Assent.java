package dev.assent.state;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// A yes to a plan.
///
/// @param who who said it, as people read it
/// @param person who that is for the policy
/// @param groups the groups that the proof of identity brought along when it was said
/// @param channel where it was said: `cli`, `comment`
/// @param evidence what can be pointed to and counts once: a comment's URL, the object id of a tag
/// @param changes the ids of the changes that it covers; the others are held back
public record Assent(
        String who,
        String person,
        SortedSet<String> groups,
        String channel,
        Optional<String> evidence,
        Instant at,
        SortedSet<String> changes) {

    /// Who holds the admin token, for the policy.
    public static final String ADMIN = "admin";

    public Assent {
        groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
        changes = Collections.unmodifiableSortedSet(new TreeSet<>(changes));
    }

    /// One of whoever holds the admin token.
    public Assent(String who, String channel, Instant at, SortedSet<String> changes) {
        this(who, ADMIN, new TreeSet<>(), channel, Optional.empty(), at, changes);
    }
}
