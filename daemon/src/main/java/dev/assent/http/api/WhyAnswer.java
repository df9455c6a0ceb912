package dev.assent.http.api;

import dev.assent.model.GroupName;
import dev.assent.model.Place;
import dev.assent.reconcile.account.Why;
import java.util.List;
import java.util.Optional;

/// Why a group, or each of an application, is not as it is declared.
///
/// @param group `ENGINE/GROUP`; absent where all were asked for
/// @param blocked whether something keeps anything from being as it is declared
/// @param facts in the order in which they have to be cleared
public record WhyAnswer(
        String application,
        String environment,
        Optional<String> group,
        boolean blocked,
        List<Fact> facts) {

    /// One thing that keeps groups from being as they are declared, or says why they are as they
    /// are.
    ///
    /// @param code `plan-proposed`
    /// @param blocks whether it is of the first kind
    /// @param groups those that it is about; none where it is about the whole application
    /// @param details further texts, which may have several lines
    /// @param path with `line`: where the manifest says what the fact is about
    /// @param steps commands ready to be copied, and what else in words behind a `#`
    public record Fact(
            String code,
            boolean blocks,
            List<String> groups,
            String message,
            List<String> details,
            Optional<String> path,
            Optional<Integer> line,
            List<String> steps) {}

    public static WhyAnswer of(Why why) {
        return new WhyAnswer(
                why.application().app(),
                why.application().environment(),
                why.group().map(GroupName::toString),
                why.isBlocked(),
                why.facts().stream()
                        .map(it ->
                                new Fact(
                                        it.code().word(),
                                        it.code().blocks(),
                                        it.groups().stream().map(GroupName::toString).toList(),
                                        it.message(),
                                        it.details(),
                                        it.place().map(Place::path),
                                        it.place().map(Place::line),
                                        it.steps()))
                        .toList());
    }
}
