package dev.assent.plan.render;

import dev.assent.manifest.Visible;
import dev.assent.plan.Because;
import dev.assent.plan.Plan;
import dev.assent.plan.Plan.PlannedChange;
import java.util.Optional;

/// Why a change is in a plan, in a few words: which line of which commit, who asked for what, or
/// what was found.
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
            case Because.Found(var what) -> "found: " + Visible.of(what);
        };
    }

    /// The same without the commit, for where that is said once for all.
    static String place(Because because) {
        return switch (because) {
            case Because.Declared(var place, _) -> Visible.of(place.path()) + ":" + place.line();
            case Because.Asked _, Because.Found _ -> of(because);
        };
    }

    /// The commit that everything comes from; empty where it does not come from one alone.
    static Optional<String> onlyCommit(Plan plan) {
        var commits =
                plan.changes().stream()
                        .map(PlannedChange::because)
                        .map(it ->
                                switch (it) {
                                    case Because.Declared(_, var commit) -> commit;
                                    case Because.Asked _, Because.Found _ ->
                                            Optional.<String>empty();
                                })
                        .distinct()
                        .toList();
        return commits.size() == 1 ? commits.getFirst().map(Why::shortened) : Optional.empty();
    }

    private static String shortened(String commit) {
        return commit.substring(0, Math.min(SHORT_COMMIT, commit.length()));
    }
}
