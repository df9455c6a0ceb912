package dev.assent.plan;

import dev.assent.model.Backups;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.ServerName;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
import dev.assent.model.Version;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One thing that a plan would do. Everything that the daemon can ever do to a server is listed
/// here.
public sealed interface Change {

    /// The group that it is about.
    GroupName group();

    /// Builds a group: its first server as primary server, every further one as its replica.
    ///
    /// @param specification how; its version is decided, so that what was reviewed is what is built
    /// @param origin who wants it: only what a manifest declared can be gone from one
    /// @param primary whether the root-level environment variables will point to it
    record CreateGroup(
            GroupName group,
            Specification specification,
            Origin origin,
            List<ServerSpec> servers,
            boolean primary)
            implements Change {

        public CreateGroup {
            servers = List.copyOf(servers);
            if (servers.isEmpty()) throw new IllegalArgumentException("no server: " + group);
            decided(group, specification);
        }
    }

    /// Records a server that exists already, and that Assent neither built nor ever removes.
    ///
    /// @param specification what it is, as it said itself when it was asked
    /// @param username the application's user, as which it was asked
    /// @param database the application's database
    /// @param primary whether the root-level environment variables will point to it
    record AdoptGroup(
            GroupName group,
            Specification specification,
            ServerName server,
            Endpoint endpoint,
            String username,
            String database,
            boolean primary)
            implements Change {

        public AdoptGroup {
            decided(group, specification);
        }
    }

    /// Adds a server to a group, as a replica of its primary server.
    record AddServer(GroupName group, ServerSpec server) implements Change {}

    /// Gives a setting another value, in force from the application's next redeploy on.
    ///
    /// @param server whose setting it is; empty for one of the whole group
    /// @param from the value in force; empty where there is none
    record ChangeSetting(
            GroupName group,
            Optional<ServerName> server,
            String setting,
            Optional<String> from,
            String to)
            implements Change {}

    /// Takes copies of a group's data otherwise than before.
    ///
    /// @param from empty: none were taken
    /// @param to empty: none are to be taken
    record SetBackups(GroupName group, Optional<Backups> from, Optional<Backups> to)
            implements Change {}

    /// Makes a group safe from everything that destroys data, or lifts that again.
    record SetProtection(GroupName group, boolean isProtected) implements Change {}

    /// Ends the replication of a group, which keeps its data and goes on by itself.
    record StopReplication(GroupName group, GroupAddress source) implements Change {}

    /// Has a group follow another one; what it held before is deleted.
    record StartReplication(GroupName group, GroupAddress source) implements Change {}

    /// Points the root-level environment variables of the engine to a group.
    ///
    /// @param from where they point now; empty where to none
    record SetPrimary(GroupName group, Optional<GroupName> from) implements Change {}

    /// Makes a replica of a group its primary server; the one that was becomes a replica of it.
    ///
    /// @param from the primary server so far
    /// @param forsaken whether the primary server is given up: nobody waits for what it has and the
    ///   replica lacks
    record PromoteServer(GroupName group, ServerName server, ServerName from, boolean forsaken)
            implements Change {}

    /// Replaces what a server that follows another one holds by a fresh copy.
    ///
    /// @param diverged whether it holds what its source never had, which is lost by it
    record ResyncServer(GroupName group, ServerName server, boolean diverged) implements Change {}

    /// Gives the users of a group's servers new passwords: those that only Assent and the group's
    /// replicas know.
    ///
    /// @param application whether the application's user gets one, too
    record RotateCredentials(GroupName group, boolean application) implements Change {}

    /// Mends a server that is not as it was built.
    record RepairServer(GroupName group, ServerName server, Repair repair) implements Change {}

    /// Records the version that a group's servers have come to by themselves, as when the machine's
    /// packages were updated.
    record AcceptVersion(GroupName group, Version from, Version to) implements Change {}

    /// How a server is mended without touching its data.
    enum Repair {
        /// It is started again.
        START,
        /// Its configuration is written anew, and it is started again with it.
        CONFIGURE;

        /// The word in JSON: `configure`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Removes a replica and its copy of the data.
    record RemoveServer(GroupName group, ServerName server) implements Change {}

    /// Removes a group with all its servers and their data.
    record RemoveGroup(GroupName group, List<ServerName> servers) implements Change {

        public RemoveGroup {
            servers = List.copyOf(servers);
        }
    }

    /// Takes an adopted group out of the record; its servers stay as they are.
    record ReleaseGroup(GroupName group, List<ServerName> servers) implements Change {

        public ReleaseGroup {
            servers = List.copyOf(servers);
        }
    }

    /// The word in JSON and on pages: `create-group`.
    default String action() {
        return switch (this) {
            case CreateGroup _ -> "create-group";
            case AdoptGroup _ -> "adopt-group";
            case AddServer _ -> "add-server";
            case ChangeSetting _ -> "change-setting";
            case SetBackups _ -> "set-backups";
            case SetProtection _ -> "set-protection";
            case StopReplication _ -> "stop-replication";
            case StartReplication _ -> "start-replication";
            case SetPrimary _ -> "set-primary";
            case PromoteServer _ -> "promote-server";
            case ResyncServer _ -> "resync-server";
            case RotateCredentials _ -> "rotate-credentials";
            case RepairServer _ -> "repair-server";
            case AcceptVersion _ -> "accept-version";
            case RemoveServer _ -> "remove-server";
            case RemoveGroup _ -> "remove-group";
            case ReleaseGroup _ -> "release-group";
        };
    }

    /// What it can cost.
    default Severity severity() {
        return switch (this) {
            case CreateGroup _,
                    AdoptGroup _,
                    AddServer _,
                    ChangeSetting _,
                    SetProtection _,
                    AcceptVersion _ ->
                    Severity.SAFE;
            case PromoteServer it -> it.forsaken() ? Severity.DESTRUCTIVE : Severity.DISRUPTIVE;
            case ResyncServer it -> it.diverged() ? Severity.DESTRUCTIVE : Severity.DISRUPTIVE;
            case RotateCredentials it -> it.application() ? Severity.DISRUPTIVE : Severity.SAFE;
            case RepairServer it ->
                    it.repair() == Repair.START ? Severity.SAFE : Severity.DISRUPTIVE;
            case SetBackups it ->
                    it.to().isPresent() || it.from().isEmpty()
                            ? Severity.SAFE
                            : Severity.DISRUPTIVE;
            case StopReplication _, SetPrimary _, ReleaseGroup _ -> Severity.DISRUPTIVE;
            case StartReplication _, RemoveServer _, RemoveGroup _ -> Severity.DESTRUCTIVE;
        };
    }

    private static void decided(GroupName group, Specification specification) {
        if (specification.version().isEmpty()) {
            throw new IllegalArgumentException("no version decided: " + group);
        }
    }
}
