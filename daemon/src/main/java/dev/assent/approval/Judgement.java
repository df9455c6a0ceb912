package dev.assent.approval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a policy makes of the yeses to some changes of a plan.
///
/// @param tallies one for each of these changes, in the order of the plan
public record Judgement(List<Tally> tallies) {

    public Judgement {
        tallies = List.copyOf(tallies);
    }

    /// Whether all of these changes are approved.
    public boolean enough() {
        return !tallies.isEmpty() && tallies.stream().allMatch(Tally::enough);
    }

    /// Why some of it can be approved by nobody, in a sentence; empty where all of it can.
    public Optional<String> never() {
        return sentence(tallies.stream().filter(it -> it.never().isPresent()).toList());
    }

    /// What is missing, in a sentence; empty where it is enough.
    public Optional<String> missing() {
        return sentence(tallies.stream().filter(it -> !it.enough()).toList());
    }

    /// What is the same for all changes is said once; else it is said of which.
    private Optional<String> sentence(List<Tally> lacking) {
        if (lacking.isEmpty()) return Optional.empty();
        var changes = new LinkedHashMap<String, List<String>>();
        for (var tally : lacking) {
            changes.computeIfAbsent(tally.missing().orElse(""), _ -> new ArrayList<>())
                    .add(tally.planned().id());
        }
        var sameForAll = changes.size() == 1 && lacking.size() == tallies.size();
        return Optional.of(
                changes.entrySet().stream()
                        .map(it ->
                                sameForAll
                                        ? it.getKey()
                                        : String.join(", ", it.getValue()) + ": " + it.getKey())
                        .collect(Collectors.joining("; ")));
    }
}
