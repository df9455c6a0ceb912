package dev.assent.state;

import dev.assent.model.ApplicationName;
import java.util.Optional;
import java.util.SortedMap;

/// The environment variables that are in force, encrypted at rest.
public final class Redeploys {

    public Optional<InForce> inForce(ApplicationName application) {
        throw new UnsupportedOperationException();
    }

    /// Puts variables in force and audits it (names only).
    public InForce redeployed(
            ApplicationName application, SortedMap<String, String> values, String who) {
        throw new UnsupportedOperationException();
    }
}
