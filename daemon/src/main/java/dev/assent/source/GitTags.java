package dev.assent.source;

/// The annotated tags that say something to plans.
final class GitTags {

    /// Where they stand in the repository that is watched.
    static final String THERE = "refs/tags/assent/";

    /// Where they stand in the mirror.
    static final String HERE = "refs/assent/tags/";

    /// What is asked for when it is looked where the branch stands.
    static final String LIST = THERE + "*:" + THERE + "*";

    /// What a fetch brings.
    static final String SPEC = "+" + THERE + "*:" + HERE + "*";

    private GitTags() {}
}
