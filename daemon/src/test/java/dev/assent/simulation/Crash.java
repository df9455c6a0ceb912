package dev.assent.simulation;

/// The daemon is dead: whatever it was at unwinds.
final class Crash extends Error {

    private static final long serialVersionUID = 1;

    Crash() {
        super("the daemon died", null, false, false);
    }
}
