package dev.assent.plan;

import java.util.Locale;

/// What a change can cost. A destructive one loses data and needs a yes of its own, group by group.
public enum Severity {
    SAFE,
    DISRUPTIVE,
    DESTRUCTIVE;

    /// The word in JSON and on pages.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
