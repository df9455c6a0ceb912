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
/// @param settings the repository's settings that it was read with; empty text: it has to be read
///   again
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
        String settings,
        Condition condition,
        Optional<String> detail,
        boolean foreign,
        OptionalLong number,
        String title,
        String author,
        Optional<URI> url,
        Instant lookedAt) {

    /// The same, to be read again at the next look.
    public HeadState unread() {
        return unread(condition, detail);
    }

    /// The same, which could not be planned: nothing that it wanted before counts.
    public HeadState unreadable(String why) {
        return unread(Condition.CONFLICT, Optional.of(why));
    }

    private HeadState unread(Condition condition, Optional<String> detail) {
        return new HeadState(
                repository,
                ref,
                name,
                commit,
                branchCommit,
                "",
                condition,
                detail,
                foreign,
                number,
                title,
                author,
                url,
                lookedAt);
    }

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
