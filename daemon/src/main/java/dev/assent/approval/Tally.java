package dev.assent.approval;

import dev.assent.approval.Channel.Proof;
import dev.assent.plan.Plan.PlannedChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// How far the yeses to one change go.
///
/// @param rule the one that decides; empty: none is for such a change
/// @param never why no yes helps, in a clause; empty where one does
/// @param people those whose yes counts
/// @param proofs how it is known that it was them
/// @param discounted why others' does not count, a clause each
public record Tally(
        PlannedChange planned,
        Optional<Rule> rule,
        Optional<String> never,
        SortedSet<String> people,
        Set<Proof> proofs,
        List<String> discounted) {

    public Tally {
        people = Collections.unmodifiableSortedSet(new TreeSet<>(people));
        proofs = Set.copyOf(proofs);
        discounted = List.copyOf(discounted);
    }

    static Tally of(
            PlannedChange planned,
            Optional<Rule> rule,
            Optional<String> never,
            List<Voice> voices,
            Set<String> authors) {
        var people = new TreeSet<String>();
        var proofs = EnumSet.noneOf(Proof.class);
        var discounted = new ArrayList<String>();
        for (var voice : voices) {
            var objection = rule.flatMap(it -> it.objection(voice, authors));
            if (objection.isPresent()) {
                discounted.add(objection.get());
            } else if (rule.isPresent()) {
                people.add(voice.person());
                proofs.addAll(voice.proofs());
            }
        }
        return new Tally(
                planned, rule, never, people, proofs, discounted.stream().distinct().toList());
    }

    /// Whether the change is approved.
    public boolean enough() {
        return never.isEmpty()
                && rule.filter(it ->
                                people.size() >= it.approvals() && proofs.size() >= it.proofs())
                        .isPresent();
    }

    /// What is missing, in a sentence; empty where it is enough.
    public Optional<String> missing() {
        if (never.isPresent()) return never;
        return rule.filter(_ -> !enough()).map(this::missing);
    }

    private String missing(Rule rule) {
        var left = rule.approvals() - people.size();
        var counted =
                left > 0
                        ? "%d of %d approvals; %s more of %s"
                                .formatted(
                                        people.size(),
                                        rule.approvals(),
                                        left == 1 ? "one" : Integer.toString(left),
                                        rule.by())
                        : "enough people, but %d of %d kinds of channel; one more by %s"
                                .formatted(
                                        proofs.size(), rule.proofs(), rule.otherChannels(proofs));
        return discounted.isEmpty()
                ? counted
                : "%s; not counted: %s".formatted(counted, String.join(", ", discounted));
    }
}
