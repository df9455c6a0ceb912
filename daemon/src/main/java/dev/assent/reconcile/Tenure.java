package dev.assent.reconcile;

/// What this node alone of all that share the record may do now: a plan that it applies, a duty
/// that it has for all. Whoever asks just before each thing that it does can be late by no more
/// than that thing takes.
public interface Tenure extends AutoCloseable {

    /// A node that shares its record with nobody.
    Tenure ALONE =
            new Tenure() {
                @Override
                public boolean take(String name) {
                    return true;
                }

                @Override
                public void want(String name) {
                    // It has it.
                }

                @Override
                public boolean holds(String name) {
                    return true;
                }

                @Override
                public void release(String name) {
                    // There is nobody to leave it to.
                }

                @Override
                public void close() {
                    // There is nobody to leave anything to.
                }
            };

    /// Takes something, or keeps it. It is renewed from then on.
    ///
    /// @return whether it is this node's; else another node has it
    boolean take(String name);

    /// Takes something as soon as no other node has it, and again whenever it is free.
    void want(String name);

    /// Whether it is this node's beyond doubt, without asking anybody.
    boolean holds(String name);

    /// Leaves it to others.
    void release(String name);

    /// Leaves everything to others.
    @Override
    void close();
}
