package dev.assent.configuration;

import java.util.Optional;

/// How one provider is to work.
public sealed interface ProviderSettings {

    /// Real servers on this machine.
    ///
    /// @param firstPort the first TCP port that servers may listen on
    /// @param lastPort the last one
    /// @param runAs the user that servers run as when the daemon runs as root
    /// @param download whether programs that the machine lacks may be fetched
    /// @param servers what servers are; empty: units where the daemon is a service itself
    record Local(
            int firstPort,
            int lastPort,
            Optional<String> runAs,
            boolean download,
            Optional<Servers> servers)
            implements ProviderSettings {}

    /// What the servers of a machine are.
    enum Servers {
        /// Units of systemd, each on its own.
        UNITS,
        /// Processes that nobody but the daemon looks after.
        PROCESSES
    }
}
