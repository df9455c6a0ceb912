package dev.assent.cli;

import dev.assent.approval.Matter;
import dev.assent.approval.Opening;
import dev.assent.approval.Policy;
import dev.assent.approval.Rule;
import dev.assent.approval.Speaker;
import dev.assent.approval.Voice;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.plan.render.ChangeTitle;
import dev.assent.state.Assent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a policy makes of one plan: who could approve it, and who could not and why.
///
/// @param authors whose own yes may not count
/// @param startsAt when it could start; absent where at once or never
/// @param waitsFor why not at once
record PolicyTrial(
        String id,
        String application,
        String environment,
        SortedSet<String> authors,
        List<TriedChange> changes,
        Optional<Instant> startsAt,
        Optional<String> waitsFor) {

    /// One change.
    ///
    /// @param rule the name of the one that decides
    /// @param needs what that takes, in words
    /// @param could those whose yes would count
    /// @param couldNot why the yes of others would not, a clause each
    /// @param approved whether what was said already is enough
    /// @param missing what is missing, where it is not
    /// @param never whether nobody's yes helps; `missing` says why
    record TriedChange(
            String id,
            String action,
            String group,
            String severity,
            String title,
            Optional<String> rule,
            Optional<String> needs,
            List<String> could,
            List<String> couldNot,
            boolean approved,
            Optional<String> missing,
            boolean never) {}

    /// Tries a policy.
    ///
    /// @param yeses what was said to the plan already
    /// @param as whom it is to be told of; none: of everybody whom the policy knows
    static PolicyTrial of(
            Policy policy, Matter matter, List<Assent> yeses, List<Voice> as, Instant now) {
        var ids =
                matter.plan().changes().stream().map(PlannedChange::id).collect(Collectors.toSet());
        var judgement = policy.judge(matter, yeses, ids);
        var voices = as.isEmpty() ? everybody(policy) : as;
        var changes = new ArrayList<TriedChange>();
        for (var tally : judgement.tallies()) {
            var planned = tally.planned();
            var could =
                    voices.stream()
                            .filter(it -> policy.objection(matter, planned, it).isEmpty())
                            .map(Voice::person);
            var rights =
                    as.isEmpty() && tally.never().isEmpty()
                            ? rights(tally.rule())
                            : Stream.<String>empty();
            changes.add(
                    new TriedChange(
                            planned.id(),
                            planned.change().action(),
                            planned.change().group().toString(),
                            planned.change().severity().word(),
                            ChangeTitle.of(planned.change()),
                            tally.rule().map(Rule::name),
                            tally.rule().map(Rule::demands),
                            Stream.concat(could, rights).toList(),
                            tally.never().isPresent()
                                    ? List.of()
                                    : voices.stream()
                                            .flatMap(it ->
                                                    policy.objection(matter, planned, it).stream())
                                            .toList(),
                            tally.enough(),
                            tally.missing(),
                            tally.never().isPresent()));
        }
        var opening = policy.opening(matter, ids, now);
        return new PolicyTrial(
                matter.plan().id(),
                matter.plan().application().app(),
                matter.plan().application().environment(),
                policy.authors(matter),
                changes,
                opening instanceof Opening.Later(var at, _) ? Optional.of(at) : Optional.empty(),
                why(opening));
    }

    private static List<Voice> everybody(Policy policy) {
        var names = new ArrayList<String>();
        policy.people().all().forEach(it -> names.add(it.name()));
        names.add(Speaker.ADMIN);
        return names.stream().map(it -> policy.people().voice(it, new TreeSet<>())).toList();
    }

    /// People whom only the forge knows.
    private static Stream<String> rights(Optional<Rule> rule) {
        return rule.stream()
                .flatMap(it -> it.by().groups().stream())
                .filter(it -> it.startsWith("forge-"))
                .map(it -> "whoever has " + it);
    }

    private static Optional<String> why(Opening opening) {
        return switch (opening) {
            case Opening.Now() -> Optional.empty();
            case Opening.Later(_, var why) -> Optional.of(why);
            case Opening.Never(var why) -> Optional.of(why);
        };
    }

    /// Whether each change could be approved by somebody that was asked about.
    boolean possible() {
        return changes.stream().noneMatch(it -> it.never() || it.could().isEmpty());
    }
}
