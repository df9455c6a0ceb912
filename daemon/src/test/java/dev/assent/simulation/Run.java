package dev.assent.simulation;

import java.util.List;
import java.util.Optional;

/// What came of going through some operations.
record Run(List<String> log, Counts counts, Optional<Throwable> failure) {

    static Run of(RecordFolder record, long seed, List<Operation> operations) {
        var run = new Simulation(record, seed, operations);
        try {
            run.run();
            return new Run(run.log(), run.counts, Optional.empty());
        } catch (RuntimeException | Error e) {
            record.close();
            return new Run(run.log(), run.counts, Optional.of(e));
        }
    }
}
