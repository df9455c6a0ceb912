package dev.assent.manifest;

import java.util.Optional;

/// A way out of a problem.
///
/// @param mended the repaired lines, where the mend is mechanical
record Remedy(Optional<String> suggestion, Mended mended) {

    static final Remedy NONE = new Remedy(Optional.empty(), Mended.NOTHING);

    static Remedy suggest(String suggestion) {
        return new Remedy(Optional.of(suggestion), Mended.NOTHING);
    }

    static Remedy suggest(Optional<String> suggestion) {
        return new Remedy(suggestion, Mended.NOTHING);
    }

    static Remedy didYouMean(Optional<String> near) {
        return near.map(Remedy::didYouMean).orElse(NONE);
    }

    static Remedy didYouMean(String near) {
        return suggest("did you mean `%s`?".formatted(near));
    }

    Remedy mended(Mended mended) {
        return new Remedy(suggestion, mended);
    }
}
