package dev.assent.reconcile;

import dev.assent.model.GroupName;
import dev.assent.state.Store;
import dev.assent.state.StoredPlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeSet;

/// Where plans of different heads touch the same groups.
public final class Overlaps {

    private Overlaps() {}

    /// Another plan that waits and touches some of the same groups.
    ///
    /// @param head what people call the head that wants it: `#8`
    /// @param plan its id
    public record Overlap(String head, String plan, SortedSet<GroupName> groups) {

        public Overlap {
            groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
        }
    }

    /// The other heads' plans that touch groups of a plan, oldest pull request first.
    public static List<Overlap> of(StoredPlan plan, Store store) {
        var overlaps = new ArrayList<Overlap>();
        for (var head : store.heads().touching(plan.plan().application())) {
            for (var said : store.heads().plans(head)) {
                if (!said.application().equals(plan.plan().application())) continue;
                said.digest()
                        .filter(it -> !it.equals(plan.digest()))
                        .flatMap(store.plans()::readable)
                        .filter(StoredPlan::isOpen)
                        .ifPresent(other -> {
                            var groups = groups(plan);
                            groups.retainAll(groups(other));
                            if (!groups.isEmpty()) {
                                overlaps.add(new Overlap(head.name(), other.id(), groups));
                            }
                        });
            }
        }
        return overlaps;
    }

    private static NavigableSet<GroupName> groups(StoredPlan plan) {
        var groups = new TreeSet<GroupName>();
        plan.plan().changes().forEach(it -> groups.add(it.change().group()));
        return groups;
    }
}
