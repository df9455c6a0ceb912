package dev.assent.source;

import dev.assent.model.GroupName;
import dev.assent.plan.Digest;
import dev.assent.source.signature.Signature;
import java.util.List;
import java.util.Set;

/// A yes or no to plans that stands in the message of a commit or annotated tag, whoever signed it.
///
/// @param object the commit's or tag's id
/// @param ref where it was found: `refs/tags/assent/…`, or the branch
/// @param content SHA-256 of what was signed: the same for an object that has but another copy of
///   the signature, and so another id
/// @param destroy the groups whose destructive changes are agreed to
/// @param hold whether destructive changes that are not agreed to are held back
/// @param wrong what of it can't be understood, a sentence each: then none of it counts
public record SignedYes(
        String object,
        Kind kind,
        String ref,
        String content,
        Signature signature,
        List<Digest> approves,
        List<Digest> rejects,
        Set<GroupName> destroy,
        boolean hold,
        List<String> wrong) {

    public SignedYes {
        approves = List.copyOf(approves);
        rejects = List.copyOf(rejects);
        destroy = Set.copyOf(destroy);
        wrong = List.copyOf(wrong);
    }

    /// What it stands in.
    public enum Kind {
        COMMIT,
        TAG
    }
}
