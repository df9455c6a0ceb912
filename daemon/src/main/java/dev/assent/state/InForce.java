package dev.assent.state;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// The environment variables that the last redeploy gave to an application. They hold passwords.
public record InForce(SortedMap<String, String> values, String who, Instant at) {

    public InForce {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /// Names only: what a log or a debugger may show.
    @Override
    public String toString() {
        return "InForce" + values.keySet();
    }
}
