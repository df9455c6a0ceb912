package dev.assent.plan;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/// Chance, in words; the same seed always throws the same.
final class Dice {

    private final Random random;

    Dice(long seed) {
        // Neighbouring seeds begin alike: the first throw is thrown away.
        random = new Random(seed);
        random.nextLong();
    }

    /// Whether something happens that does so in so many of a hundred cases.
    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /// A number from 0 on, below a limit.
    int below(int limit) {
        return random.nextInt(limit);
    }

    /// One of several; what stands there more than once comes more often.
    <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    <T> Optional<T> maybe(int percent, Supplier<T> what) {
        return chance(percent) ? Optional.of(what.get()) : Optional.empty();
    }
}
