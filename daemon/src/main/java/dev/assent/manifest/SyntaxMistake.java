package dev.assent.manifest;

import dev.assent.manifest.Attempt.Failed;
import dev.assent.manifest.BoundedParser.Exceeded;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What the YAML parser did not understand, said in its author's words.
///
/// @param mends how the file could be read on, the most probable one first; worked out when asked
///   for
record SyntaxMistake(
        Code code,
        Spot spot,
        String message,
        Optional<String> suggestion,
        Supplier<List<Mend>> mends) {

    /// A mistake that nobody but its author can mend.
    static SyntaxMistake of(Code code, Spot spot, String message, String suggestion) {
        return new SyntaxMistake(code, spot, message, Optional.of(suggestion), List::of);
    }

    /// What a failure means.
    static SyntaxMistake of(Failed failed) {
        return switch (failed.failure()) {
            case Exceeded exceeded -> exceeded.mistake(failed.source());
            case RuntimeException failure -> new SyntaxFailure(failed, failure).mistake();
        };
    }

    /// Whether it stands further down the file, or further to the right.
    boolean isBehind(SyntaxMistake other) {
        var place = spot.place();
        var theirs = other.spot.place();
        return place.line() > theirs.line()
                || (place.line() == theirs.line() && place.column() > theirs.column());
    }

    SyntaxMistake mendedBy(Supplier<List<Mend>> mends) {
        return new SyntaxMistake(code, spot, message, suggestion, mends);
    }

    /// Reports it.
    ///
    /// @param mend the one that helped
    void report(Optional<Mend> mend, Source source, Problems problems) {
        problems.add(
                code,
                spot,
                message,
                Remedy.suggest(suggestion)
                        .mended(mend.map(it -> it.shown(source)).orElse(Mended.NOTHING)));
    }
}
