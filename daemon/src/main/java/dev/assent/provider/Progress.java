package dev.assent.provider;

/// Hears what a long operation is doing, a few words at a time: `unpacking postgresql 16.15`.
@FunctionalInterface
public interface Progress {

    /// Nobody listens.
    Progress SILENT = _ -> {};

    void says(String what);
}
