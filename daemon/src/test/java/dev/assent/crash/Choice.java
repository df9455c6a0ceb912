package dev.assent.crash;

import dev.assent.crash.Itinerary.Leg;
import java.util.List;
import java.util.function.Predicate;

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
        return usual(seed)
                .among(it ->
                        it.contains(".before")
                                && !it.startsWith("provider.")
                                && !it.startsWith("apply."));
    }

    /// Each point once.
    ///
    /// @param seed which of its times that is
    static Choice once(long seed) {
        return (_, reached) -> Instants.onePerPoint(reached, seed);
    }

    /// The same, of those points alone.
    default Choice among(Predicate<String> points) {
        return (leg, reached) ->
                of(leg, reached.stream().filter(it -> points.test(Instants.point(it))).toList());
    }
}
