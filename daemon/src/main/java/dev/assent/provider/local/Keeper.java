package dev.assent.provider.local;

/// Who keeps a server's process.
public enum Keeper {
    /// systemd: each server is a unit, which starts it again when it has died.
    UNITS,
    /// Nobody: each server is a process on its own, which the daemon starts when it finds it gone.
    PROCESSES
}
