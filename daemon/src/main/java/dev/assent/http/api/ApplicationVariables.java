package dev.assent.http.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// The environment variables of an application, with their values. They hold passwords.
///
/// @param pending all variables as the next redeploy puts them in force
/// @param services the service names that go with them, and their addresses
/// @param inForce as the last redeploy put them in force; absent before the first one
/// @param untold external groups, `ENGINE/GROUP`, without variables since nobody told where they
///   stand
public record ApplicationVariables(
        String application,
        String environment,
        SortedMap<String, String> pending,
        SortedMap<String, String> services,
        Optional<Redeployed> inForce,
        List<String> untold) {

    /// What one redeploy gave to the application.
    ///
    /// @param services the service names that go with them, and their addresses
    public record Redeployed(
            SortedMap<String, String> values,
            SortedMap<String, String> services,
            String who,
            Instant at) {

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
