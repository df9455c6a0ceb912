package dev.assent.plan.render;

import dev.assent.manifest.Visible;
import dev.assent.plan.Because;

/// Why a change is in a plan, in a few words: which line of which commit, or who asked for what.
final class Why {

    private static final int SHORT_COMMIT = 10;

    private Why() {}

    /// One line of plain text, without control characters.
    static String of(Because because) {
        return switch (because) {
            case Because.Declared(var place, var commit) ->
                    "%s:%d%s"
                            .formatted(
                                    Visible.of(place.path()),
                                    place.line(),
                                    commit.map(it -> " at " + Visible.of(shortened(it)))
                                            .orElse(""));
            case Because.Asked(var who, var request) ->
                    "%s asked: %s".formatted(Visible.of(who), Visible.of(request));
        };
    }

    private static String shortened(String commit) {
        return commit.substring(0, Math.min(SHORT_COMMIT, commit.length()));
    }
}
