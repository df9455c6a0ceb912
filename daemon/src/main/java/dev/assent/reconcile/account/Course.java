package dev.assent.reconcile.account;

import dev.assent.plan.Plan.PlannedChange;
import dev.assent.state.Assent;
import dev.assent.state.JournalEntry;
import dev.assent.state.StoredPlan;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A plan, and how far it came: which of its changes are in the record, and since when.
///
/// @param recorded ids of changes
public record Course(StoredPlan stored, Map<String, Instant> recorded) {

    public Course {
        recorded = Map.copyOf(recorded);
    }

    /// As a plan's journal tells it.
    public static Course of(StoredPlan stored, List<JournalEntry> journal) {
        var recorded = new HashMap<String, Instant>();
        journal.stream()
                .filter(JournalEntry::isRecorded)
                .forEach(it -> recorded.putIfAbsent(it.change(), it.at()));
        return new Course(stored, recorded);
    }

    /// The changes that came about, in the order in which they did.
    List<PlannedChange> done() {
        return stored.plan().changes().stream()
                .filter(it -> recorded.containsKey(it.id()))
                .toList();
    }

    /// The changes that somebody agreed to and that have not come about.
    ///
    /// Before anybody has agreed to anything, all of them.
    List<PlannedChange> pending() {
        return stored.plan().changes().stream()
                .filter(it -> !recorded.containsKey(it.id()))
                .filter(it -> stored.assents().isEmpty() || !assents(it).isEmpty())
                .toList();
    }

    /// The changes that somebody agreed to.
    List<PlannedChange> agreed() {
        return stored.plan().changes().stream().filter(it -> !assents(it).isEmpty()).toList();
    }

    /// The changes that nobody has agreed to, though the rest of the plan was agreed to.
    List<PlannedChange> heldBack() {
        return stored.assents().isEmpty()
                ? List.of()
                : stored.plan().changes().stream().filter(it -> assents(it).isEmpty()).toList();
    }

    List<Assent> assents(PlannedChange change) {
        return stored.assents().stream().filter(it -> it.changes().contains(change.id())).toList();
    }

    Optional<Instant> since(PlannedChange change) {
        return Optional.ofNullable(recorded.get(change.id()));
    }
}
