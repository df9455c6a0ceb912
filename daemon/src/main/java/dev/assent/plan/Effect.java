package dev.assent.plan;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a change does to the names of an application's environment variables, from its next
/// redeploy on.
///
/// @param changed those that stay and get another value
public record Effect(
        SortedSet<String> added, SortedSet<String> changed, SortedSet<String> removed) {

    public static final Effect NONE = new Effect(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());

    public Effect {
        added = Collections.unmodifiableSortedSet(new TreeSet<>(added));
        changed = Collections.unmodifiableSortedSet(new TreeSet<>(changed));
        removed = Collections.unmodifiableSortedSet(new TreeSet<>(removed));
    }

    public boolean isNone() {
        return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
    }
}
