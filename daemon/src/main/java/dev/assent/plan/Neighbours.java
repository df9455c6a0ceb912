package dev.assent.plan;

import dev.assent.model.GroupAddress;
import dev.assent.model.Recorded.RecordedGroup;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The recorded groups of other applications, as far as replication reaches across.
public record Neighbours(Map<GroupAddress, RecordedGroup> groups) {

    /// Nobody else exists.
    public static final Neighbours NONE = new Neighbours(Map.of());

    public Neighbours {
        groups = Map.copyOf(groups);
    }

    Optional<RecordedGroup> group(GroupAddress address) {
        return Optional.ofNullable(groups.get(address));
    }

    /// The groups that replicate from one, in the order of their names.
    List<GroupAddress> replicasOf(GroupAddress source) {
        return groups.entrySet().stream()
                .filter(it -> it.getValue().standing().replicatesFrom().equals(Optional.of(source)))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
