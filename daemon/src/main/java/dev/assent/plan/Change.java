package dev.assent.plan;

import dev.assent.model.GroupName;
import dev.assent.model.ServerName;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
import java.util.List;

/// One thing that a plan would do. Everything that the daemon can ever do to a server is listed
/// here.
public sealed interface Change {

    /// The group that it is about.
    GroupName group();

    /// Builds a group: its first server as primary server, every further one as its replica.
    ///
    /// @param specification how; its version is decided, so that what was reviewed is what is built
    /// @param primary whether the root-level environment variables will point to it
    record CreateGroup(
            GroupName group, Specification specification, List<ServerSpec> servers, boolean primary)
            implements Change {

        public CreateGroup {
            servers = List.copyOf(servers);
            if (servers.isEmpty()) throw new IllegalArgumentException("no server: " + group);
            if (specification.version().isEmpty()) {
                throw new IllegalArgumentException("no version decided: " + group);
            }
        }
    }

    /// Adds a server to a group, as a replica of its primary server.
    record AddServer(GroupName group, ServerSpec server) implements Change {}

    /// Removes a replica and its copy of the data.
    record RemoveServer(GroupName group, ServerName server) implements Change {}

    /// Removes a group with all its servers and their data.
    record RemoveGroup(GroupName group, List<ServerName> servers) implements Change {

        public RemoveGroup {
            servers = List.copyOf(servers);
        }
    }

    /// The word in JSON and on pages: `create-group`.
    default String action() {
        return switch (this) {
            case CreateGroup _ -> "create-group";
            case AddServer _ -> "add-server";
            case RemoveServer _ -> "remove-server";
            case RemoveGroup _ -> "remove-group";
        };
    }

    default Severity severity() {
        return switch (this) {
            case CreateGroup _, AddServer _ -> Severity.SAFE;
            case RemoveServer _, RemoveGroup _ -> Severity.DESTRUCTIVE;
        };
    }
}
