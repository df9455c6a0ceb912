package dev.assent.plan;

import dev.assent.model.ApplicationName;
import dev.assent.model.GroupAddress;
import dev.assent.model.Recorded.RecordedGroup;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The recorded groups of other applications, as far as replication reaches across.
///
/// @param providers what builds the servers of those applications where that is another provider
///   than the planned one's
public record Neighbours(
        Map<GroupAddress, RecordedGroup> groups, Map<ApplicationName, String> providers) {

    /// Nobody else exists.
    public static final Neighbours NONE = new Neighbours(Map.of());

    public Neighbours {
        groups = Map.copyOf(groups);
        providers = Map.copyOf(providers);
    }

    /// All built by the same provider.
    public Neighbours(Map<GroupAddress, RecordedGroup> groups) {
        this(groups, Map.of());
    }

    Optional<RecordedGroup> group(GroupAddress address) {
        return Optional.ofNullable(groups.get(address));
    }

    Optional<String> provider(ApplicationName application) {
        return Optional.ofNullable(providers.get(application));
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
