package dev.assent.provider.local;

import dev.assent.provider.Death.Fate;
import java.util.Optional;

/// What whoever keeps a server's process has done after that has ended.
///
/// @param fate empty while it is at it
/// @param process the one that it has started instead
record AfterDeath(Optional<Fate> fate, Optional<ServerProcess> process, String detail) {

    /// Nobody does anything about it.
    static final AfterDeath ENDED = new AfterDeath(Optional.of(Fate.ENDED), Optional.empty(), "");

    /// It is not done yet.
    static final AfterDeath UNDER_WAY = new AfterDeath(Optional.empty(), Optional.empty(), "");

    static AfterDeath restarted(ServerProcess process) {
        return new AfterDeath(Optional.of(Fate.RESTARTED), Optional.of(process), "");
    }

    static AfterDeath givenUp(String why) {
        return new AfterDeath(Optional.of(Fate.GIVEN_UP), Optional.empty(), why);
    }
}
