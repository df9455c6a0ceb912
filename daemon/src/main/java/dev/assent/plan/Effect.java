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
        added = copy(added);
        changed = copy(changed);
        removed = copy(removed);
    }

    /// Most changes add or remove and do nothing else.
    private static SortedSet<String> copy(SortedSet<String> names) {
        return names.isEmpty()
                ? Collections.emptySortedSet()
                : Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }

    public boolean isNone() {
        return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
    }
}
