package dev.assent.plan;

import dev.assent.model.ApplicationName;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.ServerName;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import java.util.Optional;

/// Something that a person asks for and no manifest does. It becomes a plan like any other.
public sealed interface Request {

    GroupName group();

    /// A group, as the manifest specifies it where that names it, else of the newest version.
    ///
    /// @param variant empty: the engine's usual one
    /// @param version empty: the newest that the provider can build
    record AddGroup(GroupName group, Optional<Variant> variant, Optional<Version> version)
            implements Request {}

    /// That a group goes with its data; an adopted one is only forgotten.
    record RemoveGroup(GroupName group) implements Request {}

    /// A number of replicas beside the primary server.
    record Scale(GroupName group, int replicas) implements Request {}

    /// That a replica becomes its group's primary server.
    ///
    /// @param forsaken whether the primary server so far is given up with whatever it alone has
    record Promote(GroupName group, ServerName server, boolean forsaken) implements Request {}

    /// That a server which follows another one gets a fresh copy of what that holds.
    ///
    /// @param server empty: the group's only one that follows
    record Resync(GroupName group, Optional<ServerName> server) implements Request {}

    /// That a group follows another one, of any application, in whose place its own data goes.
    record Replicate(GroupName group, GroupAddress from) implements Request {}

    /// That a group no longer follows another one.
    record StopReplicating(GroupName group) implements Request {}

    /// That the users of a group's servers get new passwords.
    ///
    /// @param application whether the application's user gets one, too
    record RotateCredentials(GroupName group, boolean application) implements Request {}

    /// That the root-level environment variables of the engine point to a group.
    record MakePrimary(GroupName group) implements Request {}

    /// That nothing can destroy a group's data any more, or that again something can.
    record Protect(GroupName group, boolean isProtected) implements Request {}

    /// That a server which exists is known as a group. It was asked what it is before.
    ///
    /// @param specification what it said of itself; its version is decided
    /// @param server what it is to be called; empty: like its group
    /// @param username the application's user, as which it was asked
    /// @param database the application's database
    record Adopt(
            GroupName group,
            Specification specification,
            Optional<ServerName> server,
            Endpoint endpoint,
            String username,
            String database)
            implements Request {}

    /// The group that is to be followed, where one is.
    default Optional<GroupAddress> source() {
        return this instanceof Replicate it ? Optional.of(it.from()) : Optional.empty();
    }

    /// The command that asks for it, without `assent` before it; without secrets.
    default String words(ApplicationName application) {
        var address = application + "/" + group();
        return switch (this) {
            case AddGroup it ->
                    "group add %s%s%s"
                            .formatted(
                                    address,
                                    it.variant().map(v -> " --variant " + v).orElse(""),
                                    it.version().map(v -> " --version " + v).orElse(""));
            case RemoveGroup _ -> "group remove " + address;
            case Scale it -> "scale %s --replicas %d".formatted(address, it.replicas());
            case Promote it ->
                    "promote %s %s%s"
                            .formatted(
                                    address,
                                    it.server(),
                                    it.forsaken() ? " --without-primary" : "");
            case Resync it ->
                    "resync " + address + it.server().map(server -> " " + server).orElse("");
            case Replicate it -> "replicate %s --from %s".formatted(address, it.from());
            case StopReplicating _ -> "replicate %s --stop".formatted(address);
            case RotateCredentials it ->
                    "credentials rotate %s%s"
                            .formatted(address, it.application() ? " --application" : "");
            case MakePrimary _ -> "primary " + address;
            case Protect it -> (it.isProtected() ? "protect " : "unprotect ") + address;
            case Adopt it ->
                    "adopt %s --address %s --port %d --username %s --database %s"
                            .formatted(
                                    address,
                                    it.endpoint().host(),
                                    it.endpoint().port(),
                                    it.username(),
                                    it.database());
        };
    }
}
