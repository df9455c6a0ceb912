package dev.assent.simulation;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What happened how often.
final class Counts {

    int runs;
    int operations;
    int crashes;
    int failures;
    int applied;
    private final Map<String, Integer> events = new TreeMap<>();
    private final Map<String, Integer> atRest = new TreeMap<>();

    /// What the audit trail tells, or a provider was made to do.
    ///
    /// @param rest whether nothing goes wrong any more
    void event(String what, boolean rest) {
        (rest ? atRest : events).merge(what, 1, Integer::sum);
    }

    void add(Counts others) {
        runs++;
        operations += others.operations;
        crashes += others.crashes;
        failures += others.failures;
        applied += others.applied;
        others.events.forEach((what, often) -> events.merge(what, often, Integer::sum));
        others.atRest.forEach((what, often) -> atRest.merge(what, often, Integer::sum));
    }

    /// What happened while things went wrong, or at rest.
    String covered() {
        return "on the way: %s%nat rest: %s".formatted(words(events), words(atRest));
    }

    Map<String, Integer> events() {
        return events;
    }

    private static String words(Map<String, Integer> events) {
        return events.entrySet().stream()
                .map(it -> it.getKey() + " " + it.getValue())
                .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return "%d seeds: %d operations, %d crashes, %d failures, %d plans applied"
                .formatted(runs, operations, crashes, failures, applied);
    }
}
