package dev.assent.reconcile.account;

import dev.assent.model.ApplicationName;
import dev.assent.model.GroupName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Why a group is not as it is declared, or why it is as it is.
///
/// @param group the group that was asked for; empty: all of the application's
/// @param facts in the order in which they have to be cleared
public record Why(ApplicationName application, Optional<GroupName> group, List<Fact> facts) {

    public Why {
        facts = List.copyOf(facts);
    }

    /// Works it out. The same situation always gives the same facts.
    public static Why of(Situation situation, Optional<GroupName> group) {
        var facts =
                Stream.of(
                                new SourceFacts(situation).all(),
                                new GroupFacts(situation).all(group),
                                new PlanFacts(situation).all(group))
                        .flatMap(List::stream)
                        .filter(it -> group.map(it::concerns).orElse(true))
                        .sorted(Comparator.comparing(Fact::code))
                        .toList();
        return new Why(situation.application(), group, facts);
    }

    /// Whether something keeps anything from being as it is declared.
    public boolean isBlocked() {
        return facts.stream().anyMatch(it -> it.code().blocks());
    }
}
