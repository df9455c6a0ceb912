package dev.assent.model;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// What a manifest declares for one application: its groups in the order of the file. Aliases,
/// short forms and `same_as` are resolved; names are unique.
///
/// @param path the manifest's path
public record Desired(ApplicationName application, String path, List<DesiredGroup> groups) {

    public Desired {
        groups = List.copyOf(groups);
    }

    /// One declared group.
    ///
    /// @param external the group exists for the application but is never provisioned
    /// @param primary whether the manifest says that it is its engine's primary group
    /// @param extensions names of further declared facts (`replicate_from`, `backups`) and where
    ///   they stand
    public record DesiredGroup(
            GroupName name,
            Specification specification,
            boolean external,
            boolean primary,
            List<DesiredServer> servers,
            SortedMap<String, Place> extensions,
            Place place) {

        public DesiredGroup {
            servers = List.copyOf(servers);
        }
    }

    /// One declared server; its name is absent while the manifest has not given it one.
    ///
    /// @param settings what the manifest says of the machine, as written, `same_as` followed
    public record DesiredServer(
            Optional<ServerName> name, SortedMap<String, String> settings, Place place) {}
}
