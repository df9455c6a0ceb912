package dev.assent.observation;

/// Is told what the daemon did. It must be quick: whoever tells it has work to do.
@FunctionalInterface
public interface Observer {

    /// Nobody listens.
    Observer NOBODY = _ -> {};

    /// Something was done.
    void saw(Observation it);
}
