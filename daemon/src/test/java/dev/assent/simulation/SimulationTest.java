package dev.assent.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final int SEEDS = Integer.getInteger("assent.simulation.seeds", 5000);
    private static final int OPERATIONS = Integer.getInteger("assent.simulation.operations", 40);
    private static final Optional<Long> SEED = Optional.ofNullable(Long.getLong("assent.simulation.seed"));

    private record Run(long seed, List<String> log, Simulation.Counts counts, Optional<Throwable> failure) {
        static Run of(Record record, long seed, List<Operation> operations) {
            var run = new Simulation(record, seed, operations);
            try {
                run.run();
                return new Run(seed, run.log(), run.counts, Optional.empty());
            } catch (Throwable e) {
                return new Run(seed, run.log(), run.counts, Optional.of(e));
            }
        }
    }

    @Test
    void whatever_happens_nothing_is_lost_and_nothing_done_that_nobody_agreed_to() throws Exception {
        var begin = System.nanoTime();
        var next = new AtomicLong(SEED.orElse(1L));
        var end = SEED.map(it -> it + 1).orElse(SEEDS + 1L);
        var cores = Runtime.getRuntime().availableProcessors();
        var totals = new Simulation.Counts();
        try (var threads = Executors.newFixedThreadPool(cores)) {
            Callable<Optional<Run>> work = () -> {
                var record = Record.place();
                for (var seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
                    var run = Run.of(record, seed, Operation.of(seed, OPERATIONS));
                    synchronized (totals) {
                        totals.operations += run.counts().operations;
                        totals.crashes += run.counts().crashes;
                        totals.failures += run.counts().failures;
                        totals.applied += run.counts().applied;
                    }
                    if (run.failure().isPresent()) {
                        next.set(end);
                        return Optional.of(run);
                    }
                }
                return Optional.empty();
            };
            for (var found : threads.invokeAll(IntStream.range(0, cores).mapToObj(_ -> work).toList())) {
                found.get().ifPresent(it -> report(it));
            }
        }
        System.out.printf("%d seeds: %d operations, %d crashes, %d failures, %d plans applied in %s%n", end - SEED.orElse(1L), totals.operations, totals.crashes, totals.failures, totals.applied, Duration.ofNanos(System.nanoTime() - begin));
    }

    private static void report(Run run) {
        fail("seed %d: %s\n%s\nmvn -pl daemon test -Dtest=SimulationTest -Dassent.simulation.seed=%d".formatted(run.seed(), run.failure().orElseThrow(), run.log().stream().collect(Collectors.joining("\n")), run.seed()), run.failure().orElseThrow());
    }

    @Test
    void a_seed_always_gives_the_same_run() {
        var record = Record.place();
        for (var seed = 1L; seed <= 20; seed++) {
            var first = Run.of(record, seed, Operation.of(seed, OPERATIONS));
            var second = Run.of(record, seed, Operation.of(seed, OPERATIONS));
            assertThat(second.log()).isEqualTo(first.log());
        }
    }
}
