package dev.assent.forge;

import java.net.URI;
import java.time.Instant;

/// A pull request as a forge tells of it. All texts are somebody's, and may be anything.
///
/// @param author the login of who opened it
/// @param ref the full ref under which the repository itself has its head: `refs/pull/7/head`
/// @param head the name of the branch that it comes from, for people
/// @param commit the object id of its head, in hexadecimal
/// @param fork whether it comes from another repository
/// @param url its page
/// @param updatedAt when anything about it changed last
public record PullRequest(
        long number,
        String title,
        String author,
        String ref,
        String head,
        String commit,
        boolean fork,
        State state,
        URI url,
        Instant updatedAt) {

    public enum State {
        OPEN,
        MERGED,
        CLOSED
    }
}
