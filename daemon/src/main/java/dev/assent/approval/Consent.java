package dev.assent.approval;

import dev.assent.model.GroupName;
import dev.assent.plan.Digest;
import dev.assent.plan.Plan;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.plan.Severity;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What a person agrees to: the safe changes of a plan, and group by group what destroys data.
///
/// @param digest the digest of what was reviewed, where the person gave one
/// @param destroy the groups whose destructive changes are agreed to
/// @param hold whether destructive changes that are not agreed to are held back, and the rest done
public record Consent(Optional<Digest> digest, Set<GroupName> destroy, boolean hold) {

    public Consent {
        destroy = Set.copyOf(destroy);
    }

    /// Whether this is enough for a plan: the changes that it covers, or why not.
    public Answer to(Plan plan) {
        if (digest.isPresent() && !digest.get().equals(plan.digest())) {
            return new No(
                    "%s is not what was reviewed: its digest is %s, not %s; review it again: assent show %s"
                            .formatted(plan.id(), plan.digest(), digest.get(), plan.id()));
        }
        var destructive = plan.destructive();
        var pointless = new TreeSet<>(destroy);
        destructive.forEach(it -> pointless.remove(it.change().group()));
        if (!pointless.isEmpty()) {
            return new No(
                    "%s destroys nothing of %s; leave out%s"
                            .formatted(plan.id(), words(pointless), flags(pointless)));
        }
        var held = destructive.stream().filter(it -> !agreed(it)).toList();
        if (!held.isEmpty() && !hold) return new No(destroys(plan, held));

        var left = new HashSet<String>();
        held.forEach(it -> left.add(it.id()));
        var covered = new TreeSet<String>();
        for (var planned : plan.changes()) {
            // What needs something that is held back is held back with it.
            if (planned.dependsOn().stream().anyMatch(left::contains)) left.add(planned.id());
            if (!left.contains(planned.id())) covered.add(planned.id());
        }
        var agreedInVain =
                destructive.stream()
                        .filter(it -> left.contains(it.id()) && !held.contains(it))
                        .findFirst();
        if (agreedInVain.isPresent()) return new No(needsHeld(plan, agreedInVain.get(), left));
        if (covered.isEmpty()) {
            return new No(
                    "nothing of %s is left to approve: all of it destroys data, and none of it was agreed to"
                            .formatted(plan.id()));
        }
        return new Enough(covered);
    }

    private static String needsHeld(Plan plan, PlannedChange agreed, Set<String> left) {
        var needed =
                plan.changes().stream()
                        .filter(it -> agreed.dependsOn().contains(it.id()))
                        .filter(it -> left.contains(it.id()))
                        .map(it -> it.change().group())
                        .collect(Collectors.toCollection(TreeSet::new));
        return "%s of %s can only be done after what destroys data of %s, and that is held back; agree to all of it, or leave out%s"
                .formatted(
                        agreed.change().action(),
                        agreed.change().group(),
                        words(needed),
                        flags(Set.of(agreed.change().group())));
    }

    private boolean agreed(PlannedChange planned) {
        return planned.change().severity() != Severity.DESTRUCTIVE
                || destroy.contains(planned.change().group());
    }

    private static String destroys(Plan plan, List<PlannedChange> held) {
        var groups = new TreeSet<GroupName>();
        held.forEach(it -> groups.add(it.change().group()));
        var rest = plan.changes().size() > held.size();
        return "%s destroys data of %s and needs a yes to that: assent approve %s%s%s"
                .formatted(
                        plan.id(),
                        words(groups),
                        plan.id(),
                        flags(groups),
                        rest ? " (or --hold-destructive to do only the rest)" : "");
    }

    private static String words(Set<GroupName> groups) {
        return groups.stream().map(GroupName::toString).collect(Collectors.joining(", "));
    }

    private static String flags(Set<GroupName> groups) {
        return groups.stream().map(it -> " --destroy " + it).collect(Collectors.joining());
    }

    /// Whether a consent is enough.
    public sealed interface Answer {}

    /// It is, for these changes.
    public record Enough(Set<String> changes) implements Answer {
        public Enough {
            changes = Set.copyOf(changes);
        }
    }

    /// It is not.
    ///
    /// @param why a sentence that says what to do instead
    public record No(String why) implements Answer {}
}
