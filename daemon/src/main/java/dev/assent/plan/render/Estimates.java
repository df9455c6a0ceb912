package dev.assent.plan.render;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// How long the changes of a plan will take, by their ids. It comes from what happened before and
/// is no part of the plan, which says the same whenever it is made.
public record Estimates(SortedMap<String, Estimate> byChange) {

    /// Nothing is known of the past.
    public static final Estimates NONE = new Estimates(new TreeMap<>());

    public Estimates {
        byChange = Collections.unmodifiableSortedMap(new TreeMap<>(byChange));
    }

    public static Estimates of(Map<String, Estimate> byChange) {
        return new Estimates(new TreeMap<>(byChange));
    }

    public Optional<Estimate> of(String change) {
        return Optional.ofNullable(byChange.get(change));
    }
}
