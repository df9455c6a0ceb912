package dev.assent.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Many runs, on all cores, until one fails.
final class Seeds {

    private final AtomicLong next;
    private final long end;
    private final Counts counts = new Counts();

    /// @param end the first that is not tried any more
    Seeds(long begin, long end) {
        this.next = new AtomicLong(begin);
        this.end = end;
    }

    static Run run(RecordFolder record, long seed) {
        return Run.of(record, seed, Operation.of(seed));
    }

    Counts counts() {
        return counts;
    }

    /// Goes through them.
    ///
    /// @return what is to be read where one failed
    Optional<String> go() throws InterruptedException, ExecutionException {
        var cores = Runtime.getRuntime().availableProcessors();
        try (var threads = Executors.newFixedThreadPool(cores)) {
            Callable<Optional<String>> work = this::some;
            var all = IntStream.range(0, cores).mapToObj(_ -> work).toList();
            for (var found : threads.invokeAll(all)) {
                if (found.get().isPresent()) return found.get();
            }
        }
        return Optional.empty();
    }

    private Optional<String> some() {
        var record = RecordFolder.place();
        for (var seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
            var run = run(record, seed);
            synchronized (counts) {
                counts.add(run.counts());
            }
            if (run.failure().isEmpty()) continue;
            next.set(end);
            return Optional.of(report(record, seed, run));
        }
        return Optional.empty();
    }

    /// What happened, with all left out without which it fails in the same way.
    private static String report(RecordFolder record, long seed, Run run) {
        var operations = new ArrayList<>(Operation.of(seed));
        var shortest = shrink(record, seed, operations, run);
        return """
        %s
        Seed %d, %d of its %d operations:
        %s
        All of it again: mvn -pl daemon test -Dtest=SimulationTest -Dassent.simulation.seed=%d
        """
                .formatted(
                        shortest.failure().orElseThrow(),
                        seed,
                        shortest.counts().operations,
                        operations.size(),
                        String.join("\n", shortest.log()),
                        seed);
    }

    private static Run shrink(RecordFolder record, long seed, List<Operation> operations, Run run) {
        var left = new ArrayList<>(operations);
        var shortest = run;
        for (var size = left.size() / 2; size > 0; size /= 2) {
            for (var from = 0; from + size <= left.size(); ) {
                var fewer = new ArrayList<>(left);
                fewer.subList(from, from + size).clear();
                var again = Run.of(record, seed, fewer);
                if (kind(again).equals(kind(run))) {
                    left = fewer;
                    shortest = again;
                } else {
                    from += size;
                }
            }
        }
        return shortest;
    }

    /// The failure without what differs from run to run.
    private static Optional<String> kind(Run run) {
        return run.failure()
                .map(it ->
                        it.getClass()
                                + String.valueOf(it.getMessage())
                                        .replaceAll("[^ ]*[0-9/:\\[{(][^ ]*", "")
                                        .lines()
                                        .limit(1)
                                        .collect(Collectors.joining()));
    }
}
