package dev.assent.state;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// A yes to a plan.
///
/// @param who the person or token that said it
/// @param channel where it was said: `cli`, `api`
/// @param changes the ids of the changes that it covers; the others are held back
public record Assent(String who, String channel, Instant at, SortedSet<String> changes) {

    public Assent {
        changes = Collections.unmodifiableSortedSet(new TreeSet<>(changes));
    }
}
