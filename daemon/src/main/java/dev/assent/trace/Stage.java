package dev.assent.trace;

import java.util.Locale;

/// A part of the pipeline that takes time.
public enum Stage {
    /// Looking at a repository. What comes of a new commit happens in it.
    POLL,
    /// Getting what the mirror does not have.
    FETCH,
    /// Reading and checking the manifests that changed.
    READ,
    /// Planning one application.
    PLAN,
    /// A yes, which may come days later.
    APPROVE,
    /// Carrying a plan out, which takes up one that was interrupted, too.
    APPLY,
    /// One step of it.
    STEP,
    /// Writing down what became of it.
    RECORD,
    /// Telling people.
    ANNOUNCE;

    /// Whether it happens by itself; anything else happens in one of these, or is not followed.
    boolean isFirst() {
        return switch (this) {
            case POLL, APPROVE, APPLY -> true;
            case FETCH, READ, PLAN, STEP, RECORD, ANNOUNCE -> false;
        };
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
