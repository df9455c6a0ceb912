package dev.assent.crash;

import dev.assent.crash.Itinerary.Leg;
import java.util.List;
import java.util.Set;

/// At which of the points that a workload has reached it is disturbed.
interface Choice {

    /// Chooses among them.
    ///
    /// @param reached each as `apply.afterStep#3`, in their order
    List<String> of(Leg leg, List<String> reached);

    /// A point (`apply.afterStep`), or one of its times (`apply.afterStep#3`).
    static Choice only(String wanted) {
        return (_, reached) ->
                reached.stream()
                        .filter(it -> it.equals(wanted) || it.startsWith(wanted + "#"))
                        .toList();
    }

    /// All of them.
    static Choice every() {
        return (_, reached) -> reached;
    }

    /// Every instant that an end could tell apart in the workloads that all others rest on, and of
    /// the others each point once.
    ///
    /// @param seed which of its times that is
    static Choice usual(long seed) {
        return (leg, reached) ->
                Workload.FEW.contains(leg.workload())
                        ? Instants.worthTrying(reached)
                        : Instants.onePerPoint(reached, seed);
    }

    /// The same, of those after which something is written.
    static Choice writes(long seed) {
        return (leg, reached) ->
                usual(seed)
                        .of(
                                leg,
                                reached.stream()
                                        .filter(it -> it.contains(".before"))
                                        .filter(it ->
                                                !it.startsWith("provider.")
                                                        && !it.startsWith("apply."))
                                        .toList());
    }

    /// Each point once, of those that nobody has reached before.
    static Choice newcomers(Set<String> known, long seed) {
        return (_, reached) ->
                Instants.onePerPoint(
                        reached.stream().filter(it -> !known.contains(Instants.point(it))).toList(),
                        seed);
    }
}
