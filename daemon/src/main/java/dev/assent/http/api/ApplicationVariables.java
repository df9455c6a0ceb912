package dev.assent.http.api;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/// The environment variables of an application, with their values. They hold passwords.
///
/// @param pending all variables as the next redeploy puts them in force
/// @param inForce as the last redeploy put them in force; absent before the first one
public record ApplicationVariables(
        String application,
        String environment,
        SortedMap<String, String> pending,
        Optional<Redeployed> inForce) {

    /// What one redeploy gave to the application.
    public record Redeployed(SortedMap<String, String> values, String who, Instant at) {

        /// Names only: what a log or a debugger may show.
        @Override
        public String toString() {
            return "Redeployed" + values.keySet();
        }
    }

    /// Names only: what a log or a debugger may show.
    @Override
    public String toString() {
        return "ApplicationVariables" + pending.keySet();
    }
}
