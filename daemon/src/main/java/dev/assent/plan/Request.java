package dev.assent.plan;

import dev.assent.model.ApplicationName;
import dev.assent.model.Endpoint;
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
