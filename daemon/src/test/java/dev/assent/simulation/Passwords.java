package dev.assent.simulation;

import static dev.assent.simulation.Violation.check;

import dev.assent.model.GroupCredentials;
import java.util.Map;

/// The passwords of all groups: they move when a plan does that, and else never.
final class Passwords {

    private boolean mayMove = true;
    private Map<String, GroupCredentials> known = Map.of();

    void mayMove() {
        mayMove = true;
    }

    void compare(Map<String, GroupCredentials> now) {
        if (!mayMove) {
            now.forEach((group, passwords) -> {
                var before = known.getOrDefault(group, passwords);
                check(passwords.equals(before), "the passwords of %s are others", group);
            });
        }
        known = Map.copyOf(now);
        mayMove = false;
    }
}
