package dev.assent.configuration;

import java.util.Optional;

/// How one provider is to work.
public sealed interface ProviderSettings {

    /// Real servers as processes of this machine.
    ///
    /// @param firstPort the first TCP port that servers may listen on
    /// @param lastPort the last one
    /// @param runAs the user that servers run as when the daemon runs as root
    /// @param download whether programs that the machine lacks may be fetched
    record Local(int firstPort, int lastPort, Optional<String> runAs, boolean download)
            implements ProviderSettings {}
}
