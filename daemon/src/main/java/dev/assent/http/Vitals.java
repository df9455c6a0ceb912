package dev.assent.http;

import dev.assent.metrics.Page;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// How the daemon itself is.
///
/// @param notReady why it takes no orders yet, or no more, in a sentence; empty when it does
/// @param trouble why its pipeline does not turn, in a sentence; empty when it does
/// @param metrics what is counted, in the form that a header `Accept` asks for; empty while the
///   daemon starts
public record Vitals(
        Supplier<Optional<String>> notReady,
        Supplier<Optional<String>> trouble,
        Function<String, Optional<Page>> metrics) {

    /// Of a daemon that is known by its start alone.
    public static Vitals of(Supplier<Optional<String>> notReady) {
        return new Vitals(notReady, Optional::empty, _ -> Optional.empty());
    }
}
