package dev.assent.approval;

import dev.assent.state.Assent;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Who says something, and how it is known who that is.
///
/// @param who what people read: `ada`, `github:ada-l`; with the admin token the name that its
///   holder gives
/// @param person who it is for the policy: a person's name in it, `admin` for the admin token,
///   `FORGE:LOGIN` for a forge's user whom the policy does not know
/// @param groups the groups that this very proof of identity brings along, beside those that the
///   policy gives to the person: a token's claims, a forge's rights (`forge-write` …)
/// @param evidence what can be pointed to and counts once: a comment's URL, the object id of a tag;
///   empty where a token was shown
public record Speaker(
        String who,
        String person,
        SortedSet<String> groups,
        Channel channel,
        Optional<String> evidence) {

    /// Who holds the admin token, for the policy.
    public static final String ADMIN = Assent.ADMIN;

    /// The group of those whose token has the scope `approve`.
    public static final String TOKEN_APPROVE = "token-approve";

    public Speaker {
        groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
    }

    /// Whoever holds the admin token, under the name that they give themselves.
    public static Speaker admin(String who, Channel channel) {
        return new Speaker(who, ADMIN, new TreeSet<>(), channel, Optional.empty());
    }
}
