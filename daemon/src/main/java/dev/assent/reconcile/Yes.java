package dev.assent.reconcile;

import dev.assent.model.GroupName;
import dev.assent.plan.Digest;
import java.util.Optional;
import java.util.Set;

/// A person's yes to a plan, as it was said.
///
/// @param plan the plan's id or digest
/// @param digest the digest of what was reviewed, where the person gave one
/// @param destroy the groups whose destructive changes are agreed to
/// @param hold whether destructive changes that are not agreed to are held back, and the rest done
public record Yes(
        String plan,
        Optional<Digest> digest,
        String who,
        String channel,
        Set<GroupName> destroy,
        boolean hold) {

    public Yes {
        destroy = Set.copyOf(destroy);
    }
}
