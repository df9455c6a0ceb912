package dev.assent.trace;

/// Somebody who wants to know how it goes.
@FunctionalInterface
public interface Follower {

    /// Told of each stage when it has ended. It must neither fail nor take time.
    void ended(Followed stage);
}
