package dev.assent.plan;

import dev.assent.plan.render.PlanText;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/// What is said of every pair there could be, tried on many. `-Dassent.pairs=N` says on how many,
/// and `-Dassent.seed=N` tries one alone.
final class Many {

    private static final int USUALLY = 10_000;

    private static final Optional<Long> SEED = Optional.ofNullable(Long.getLong("assent.seed"));

    private Many() {}

    /// How many there are.
    static int count() {
        return SEED.isPresent() ? 1 : Integer.getInteger("assent.pairs", USUALLY);
    }

    /// Tries each; what fails comes with its seed and the pair.
    static void pairs(Consumer<Pair> property) {
        seeds(seed -> {
            var pair = Pairs.of(seed);
            try {
                property.accept(pair);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(pair + said(pair) + e.getMessage(), e);
            }
        });
    }

    static void seeds(LongConsumer property) {
        SEED.map(LongStream::of).orElseGet(() -> LongStream.range(0, count())).forEach(property);
    }

    private static String said(Pair pair) {
        try {
            return "plan:\n" + PlanText.of(pair.plan(), false) + "\n";
        } catch (RuntimeException e) {
            return "no plan: " + e + "\n";
        }
    }
}
