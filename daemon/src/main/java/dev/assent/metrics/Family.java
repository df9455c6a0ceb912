package dev.assent.metrics;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// Gauges of one name.
///
/// @param help what they tell, for people
/// @param values one for each of its series; none where it can't be told
record Family(String name, String help, Function<Moment, Stream<Value>> values) {

    /// One series.
    ///
    /// @param tags name and value in turns
    record Value(double number, List<String> tags) {

        Value {
            tags = List.copyOf(tags);
        }

        static Value of(double number, String... tags) {
            return new Value(number, List.of(tags));
        }

        static Value of(long number, String... tags) {
            return of((double) number, tags);
        }

        static Value of(boolean isSo, String... tags) {
            return of(isSo ? 1L : 0L, tags);
        }
    }
}
