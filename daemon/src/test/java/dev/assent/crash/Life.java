package dev.assent.crash;

import dev.assent.model.ApplicationName;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/// What one application goes through, plan after plan: it is founded, and then a second group of it
/// is created, scaled, scaled back and removed, again and again.
///
/// @param plans how many plans that makes
record Life(ApplicationName application, int plans) {

    /// The group that stays from the first plan on.
    static final String KEPT = "keep";

    static final String WORK = "work";
    static final Stack STACK = Stack.REDIS;

    /// How many servers the second group has, time after time.
    private static final List<Integer> ROUND = List.of(1, 2, 1, 0);

    /// The most servers that it ever has at a time.
    static final int MOST = 3;

    /// How many servers the second group has after so many plans.
    static int work(int applied) {
        return applied < 2 ? 0 : ROUND.get((applied - 2) % ROUND.size());
    }

    /// The manifest that asks for one of the plans, counted from 1.
    String manifest(int number) {
        return STACK.engine()
                + ":\n  groups:\n"
                + STACK.group(KEPT, 1)
                + (work(number) == 0 ? "" : STACK.group(WORK, work(number)));
    }

    /// How many servers a group has after so many plans.
    static int servers(String group, int applied) {
        return group.equals(KEPT) ? Math.min(1, applied) : work(applied);
    }

    /// The groups that have servers after so many plans.
    List<String> groups(int applied) {
        return work(applied) == 0 ? List.of(KEPT) : List.of(KEPT, WORK);
    }

    /// What is left in the group that stays.
    String word() {
        return "of-" + application.app();
    }

    /// Where the application finds a group, as the last redeploy told it.
    URI url(Cluster cluster, Random random, String group) {
        var name = "REDIS_%s_URL".formatted(group).toUpperCase(Locale.ROOT);
        var values =
                cluster.answer(random, it -> it.variables(application))
                        .inForce()
                        .orElseThrow()
                        .values();
        return URI.create(Optional.ofNullable(values.get(name)).orElseThrow());
    }
}
