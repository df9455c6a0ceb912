package dev.assent.crash;

import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Which workload a lane goes to next, so that it gets to those that are wanted.
///
/// @param stacks the engines that a group may be begun with
/// @param allowed what may be done on the way
record Itinerary(List<Stack> stacks, Set<Workload> allowed) {

    /// A workload with an engine.
    record Leg(Workload workload, Stack stack) {
        @Override
        public String toString() {
            return stack.engine() + " " + workload.word();
        }
    }

    private record Place(Standing standing, Stack stack) {}

    private record Way(Place end, Optional<Leg> first) {}

    /// Every workload that a lane can get to, with each engine.
    List<Leg> all() {
        return stacks.stream()
                .flatMap(stack ->
                        EnumSet.copyOf(allowed).stream().flatMap(it -> legs(it, stack).stream()))
                .distinct()
                .toList();
    }

    private static List<Leg> legs(Workload workload, Stack stack) {
        return switch (workload) {
            case BEGIN -> List.of(new Leg(workload, Stack.REDIS));
            case UNPACK -> List.of(new Leg(workload, Stack.ARCHIVED));
            default -> List.of(new Leg(workload, stack));
        };
    }

    /// The first step of the shortest way to one that is wanted; empty where there is none.
    Optional<Leg> next(Standing standing, Stack stack, Predicate<Leg> wanted) {
        var here = new Place(standing, stack);
        var seen = new HashSet<>(Set.of(here));
        var ways = new ArrayDeque<>(List.of(new Way(here, Optional.empty())));
        while (!ways.isEmpty()) {
            var way = ways.poll();
            for (var leg : from(way.end())) {
                var first = way.first().or(() -> Optional.of(leg));
                if (wanted.test(leg)) return first;
                var end = new Place(leg.workload().to(), leg.stack());
                if (seen.add(end)) ways.add(new Way(end, first));
            }
        }
        return Optional.empty();
    }

    private List<Leg> from(Place place) {
        return EnumSet.copyOf(allowed).stream()
                .filter(it -> it.canBegin(place.standing()))
                .flatMap(it ->
                        it.isFirst()
                                ? stacks.stream().flatMap(stack -> legs(it, stack).stream())
                                : List.of(new Leg(it, place.stack())).stream())
                .toList();
    }

    /// How often one lane has been at each, to go round evenly.
    static final class Visits {

        private final Map<Workload, Integer> times = new HashMap<>();

        /// What it has done least; empty where none of them can be done now.
        Optional<Workload> next(Standing standing, Set<Workload> wanted) {
            var next =
                    EnumSet.copyOf(wanted).stream()
                            .filter(it -> it.canBegin(standing))
                            .min((one, other) ->
                                    Integer.compare(
                                            times.getOrDefault(one, 0),
                                            times.getOrDefault(other, 0)));
            next.ifPresent(it -> times.merge(it, 1, Integer::sum));
            return next;
        }
    }
}
