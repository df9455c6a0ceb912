package dev.assent.forge.fake;

/// A request that a forge got, and how it answered.
///
/// @param path with its query
/// @param conditional whether the answer was wanted only if it changed
/// @param status 0 where it hung up
public record Asked(String method, String path, boolean conditional, int status) {

    /// Whether a forge counts it: one that found nothing changed is free.
    public boolean counts() {
        return status != 304;
    }
}
