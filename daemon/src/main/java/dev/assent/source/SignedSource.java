package dev.assent.source;

import dev.assent.source.SignedYes.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What is signed in the repositories that are watched. The daemon's is in Git: see
/// [SignedObjects].
public interface SignedSource {

    /// What is said in commits that are new on a branch.
    ///
    /// @param since where the branch stood; empty where that is not known
    /// @param ref what messages call the branch
    List<SignedYes> approvalsIn(
            Repository repository, Optional<String> since, String head, String ref);

    /// What is said in tags.
    ///
    /// @param known the objects that need not be looked at again
    List<SignedYes> tags(Repository repository, Predicate<String> known);

    /// An object that was read before. A tag that was taken away meanwhile says nothing any more.
    Optional<SignedYes> again(Repository repository, Kind kind, String object, String ref);

    /// A poll's answer, where commits need not be signed or all of the new ones are; else that they
    /// are not.
    ///
    /// @param accepted the commit up to which the branch was accepted last
    Poll accepted(Repository repository, Optional<String> accepted, Poll poll);

    /// What of a head's commits keeps it from being accepted.
    ///
    /// @param accepted the commit up to which the branch was accepted last
    Optional<Poll.Unsigned> refused(
            Repository repository, SignedCommits required, Optional<String> accepted, String head);
}
