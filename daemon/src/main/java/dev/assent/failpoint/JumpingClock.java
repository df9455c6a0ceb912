package dev.assent.failpoint;

import java.time.Instant;
import java.time.InstantSource;

/// The machine's clock, or one that a scenario has jump.
public final class JumpingClock implements InstantSource {

    private JumpingClock() {}

    /// The machine's own, unless failpoints are on.
    public static InstantSource orSystem() {
        return Failpoint.areOn() ? new JumpingClock() : InstantSource.system();
    }

    @Override
    public Instant instant() {
        return InstantSource.system().instant().plus(Scenario.clockOffset());
    }
}
