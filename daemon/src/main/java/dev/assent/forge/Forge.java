package dev.assent.forge;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One repository at a forge: what people say about its pull requests, and what is said to them.
/// Every call may throw a [ForgeException], which tells whether to try again.
public interface Forge extends AutoCloseable {

    /// The pull requests (GitLab: merge requests) that are open into a branch.
    List<PullRequest> open(String branch);

    /// One pull request, be it open or not; empty where there is none of that number.
    Optional<PullRequest> pullRequest(long number);

    /// What people wrote under these pull requests since an instant, oldest first. Some of what was
    /// written at that very instant may come once more. What we wrote ourselves is left out. As
    /// long as the instant stays the same, a forge need not count a question whose answer did not
    /// change: it should move on only when something was written.
    List<Comment> comments(List<PullRequest> of, Instant since);

    /// The reviews of a pull request that stand, the last one of each person.
    List<Review> reviews(PullRequest of);

    /// What the forge lets a user do in the repository, as it says now.
    Right right(String user);

    /// Writes a comment.
    Written comment(long pullRequest, String markdown);

    /// Replaces a comment of ours; empty if it is not there any more.
    Optional<Written> edit(long pullRequest, String comment, String markdown);

    /// The id of the first comment of ours that contains a text, where there is one.
    Optional<String> find(long pullRequest, String marker);

    /// Puts a sign to a comment; one that is there already stays as it is.
    void react(Comment to, Reaction reaction);

    /// Says how things stand with a commit. The last word in a context counts.
    void status(String commit, CommitStatus status);

    @Override
    void close();
}
