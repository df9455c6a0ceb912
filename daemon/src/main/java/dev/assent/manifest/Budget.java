package dev.assent.manifest;

import dev.assent.manifest.BoundedParser.Exceeded;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.yaml.snakeyaml.error.Mark;

/// The time that reading one file may take. Work is counted, and the clock is asked only now and
/// then, so that a file of ordinary size never asks it.
final class Budget {

    private static final long LIMIT = 1_000_000_000;
    private static final int PIECES = 2_000;

    private final LongSupplier clock;
    private int pieces;
    private Optional<Long> start = Optional.empty();

    /// @param clock nanoseconds from any beginning; those that the processor works for this thread,
    ///   where a machine that is busy with other things must not make a file too slow
    Budget(LongSupplier clock) {
        this.clock = clock;
    }

    /// For files that nobody limits.
    static Budget unlimited() {
        return new Budget(() -> 0);
    }

    /// Takes note of a piece of work, at a place of the file.
    ///
    /// @throws Exceeded when the time is over
    void spend(Mark mark) {
        spend(Optional.of(mark));
    }

    /// Takes note of a piece of work that belongs to no place.
    void spend() {
        spend(Optional.empty());
    }

    private void spend(Optional<Mark> mark) {
        if (++pieces % PIECES == 0) check(mark);
    }

    private void check(Optional<Mark> mark) {
        var now = clock.getAsLong();
        if (start.isEmpty()) start = Optional.of(now);
        if (now - start.get() <= LIMIT) return;
        throw new Exceeded(
                Code.TOO_SLOW,
                mark,
                "the file takes longer than a second to read",
                BoundedParser.TOO_MUCH);
    }
}
