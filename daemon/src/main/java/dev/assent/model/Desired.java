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
    /// @param replication what the manifest says of whom it replicates; empty where it leaves that
    ///   to the record
    /// @param backups what the manifest says of its backups; empty where it leaves that to the
    ///   record
    public record DesiredGroup(
            GroupName name,
            Specification specification,
            boolean external,
            boolean primary,
            List<DesiredServer> servers,
            Optional<DesiredReplication> replication,
            Optional<DesiredBackups> backups,
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

    /// What is declared of the group that a group replicates from.
    ///
    /// @param source empty: it is to replicate from none
    public record DesiredReplication(Optional<Source> source, Place place) {}

    /// A group to replicate from, of this application or another.
    ///
    /// @param app empty: this one
    /// @param environment empty: this one
    public record Source(Optional<String> app, Optional<String> environment, GroupName group) {

        /// The group as seen from an application.
        public GroupAddress from(ApplicationName here) {
            return new GroupAddress(
                    new ApplicationName(
                            app.orElse(here.app()), environment.orElse(here.environment())),
                    group);
        }
    }

    /// What is declared of a group's backups.
    ///
    /// @param backups empty: none are to be taken
    public record DesiredBackups(Optional<Backups> backups, Place place) {}
}
