package dev.assent.model;

/// What a server may have of its machine.
///
/// @param memory bytes that its engine is set up for
/// @param disk bytes that must be free on its disk before it is built
public record Size(long memory, long disk) {

    /// Of servers whose manifest names no size, or one that the configuration does not know.
    public static final Size USUAL = new Size(256L << 20, 512L << 20);

    /// The least that every engine can start with.
    public static final long LEAST_MEMORY = 64L << 20;

    public Size {
        if (memory < LEAST_MEMORY || disk < 0) {
            throw new IllegalArgumentException("no size: " + memory + ", " + disk);
        }
    }
}
