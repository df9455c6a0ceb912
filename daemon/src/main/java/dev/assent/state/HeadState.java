package dev.assent.state;

import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// A head beside a repository's branch, as it was seen last: a pull request's, or another branch's.
///
/// @param ref `refs/pull/7/head`, `refs/heads/feature/x`
/// @param name what people call it: `#7`, `feature/x`
/// @param commit its head, in hexadecimal
/// @param branchCommit the branch's head that it was merged into, in memory
/// @param detail why it can't be merged, where that is so
/// @param foreign whether anybody could have pushed it: it comes from a fork
/// @param number the pull request's, where it is one
/// @param title the pull request's; somebody's text, it may be anything
/// @param author who opened the pull request: `github:ada-l`; empty text where nobody did
/// @param url the pull request's page
public record HeadState(
        String repository,
        String ref,
        String name,
        String commit,
        String branchCommit,
        Condition condition,
        Optional<String> detail,
        boolean foreign,
        OptionalLong number,
        String title,
        String author,
        Optional<URI> url,
        Instant lookedAt) {

    public enum Condition {
        PLANNED,
        CONFLICT,
        /// The branch has all of it.
        MERGED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
