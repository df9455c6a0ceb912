package dev.assent.plan.render;

import dev.assent.plan.Plan;
import java.util.stream.Collectors;

/// The command that answers a plan, ready to be copied. Names have neither spaces nor quotes in
/// them.
final class Answers {

    private Answers() {}

    /// Says yes to all of it, each group that loses data by name.
    static String approve(Plan plan) {
        return "assent approve "
                + plan.id()
                + plan.destructive().stream()
                        .map(it -> " --destroy " + it.change().group())
                        .distinct()
                        .collect(Collectors.joining());
    }
}
