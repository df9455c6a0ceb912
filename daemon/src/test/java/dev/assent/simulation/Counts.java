package dev.assent.simulation;

/// What happened how often.
final class Counts {

    int runs;
    int operations;
    int crashes;
    int failures;
    int applied;

    void add(Counts others) {
        runs++;
        operations += others.operations;
        crashes += others.crashes;
        failures += others.failures;
        applied += others.applied;
    }

    @Override
    public String toString() {
        return "%d seeds: %d operations, %d crashes, %d failures, %d plans applied"
                .formatted(runs, operations, crashes, failures, applied);
    }
}
