package dev.assent.forge;

/// A sign that is put to a comment.
public enum Reaction {
    /// Seen, and being done.
    SEEN,
    YES,
    NO,
    PUZZLED
}
