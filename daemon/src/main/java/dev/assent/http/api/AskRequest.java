package dev.assent.http.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import java.util.Optional;

/// Asks for something that no manifest declares; the answer is its plan.
///
/// @param request `add-group`, `remove-group`, `scale`, `primary`, `protect`, `promote`, `resync`,
///   `replicate`, `stop-replicating`, `rotate-credentials`
/// @param group `ENGINE/GROUP`
/// @param variant of a group to add: `mariadb`
/// @param version of a group to add
/// @param replicas beside the primary server, for `scale`
/// @param isProtected for `protect`
/// @param server for `promote` and `resync`
/// @param forsaken for `promote`: whether the primary server is given up
/// @param source for `replicate`: `APP/ENVIRONMENT/ENGINE/GROUP`
/// @param application for `rotate-credentials`: whether its user gets a new password, too
public record AskRequest(
        Optional<String> request,
        Optional<String> group,
        Optional<String> variant,
        Optional<String> version,
        Optional<Integer> replicas,
        @JsonProperty("protected") Optional<Boolean> isProtected,
        Optional<String> server,
        Optional<Boolean> forsaken,
        Optional<String> source,
        Optional<Boolean> application) {

    /// For a group, without further words: `remove-group`, `primary`, `stop-replicating`.
    public static AskRequest of(String request, GroupName group) {
        return new AskRequest(
                Optional.of(request),
                Optional.of(group.toString()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// Asks for a further group.
    public static AskRequest addition(
            GroupName group, Optional<String> variant, Optional<String> version) {
        var it = of("add-group", group);
        return new AskRequest(
                it.request,
                it.group,
                variant,
                version,
                it.replicas,
                it.isProtected,
                it.server,
                it.forsaken,
                it.source,
                it.application);
    }

    /// Asks for a number of replicas.
    public static AskRequest scale(GroupName group, int replicas) {
        var it = of("scale", group);
        return new AskRequest(
                it.request,
                it.group,
                it.variant,
                it.version,
                Optional.of(replicas),
                it.isProtected,
                it.server,
                it.forsaken,
                it.source,
                it.application);
    }

    /// Asks that nothing can destroy a group's data, or that again something can.
    public static AskRequest protection(GroupName group, boolean isProtected) {
        var it = of("protect", group);
        return new AskRequest(
                it.request,
                it.group,
                it.variant,
                it.version,
                it.replicas,
                Optional.of(isProtected),
                it.server,
                it.forsaken,
                it.source,
                it.application);
    }

    /// Asks that a replica becomes the primary server.
    public static AskRequest promotion(GroupName group, String server, boolean forsaken) {
        var it = of("promote", group).about(Optional.of(server));
        return new AskRequest(
                it.request,
                it.group,
                it.variant,
                it.version,
                it.replicas,
                it.isProtected,
                it.server,
                Optional.of(forsaken),
                it.source,
                it.application);
    }

    /// Asks for a fresh copy on a server that follows another one.
    public static AskRequest resync(GroupName group, Optional<String> server) {
        return of("resync", group).about(server);
    }

    /// Asks that a group follows another one.
    public static AskRequest replication(GroupName group, GroupAddress source) {
        var it = of("replicate", group);
        return new AskRequest(
                it.request,
                it.group,
                it.variant,
                it.version,
                it.replicas,
                it.isProtected,
                it.server,
                it.forsaken,
                Optional.of(source.toString()),
                it.application);
    }

    /// Asks for new passwords.
    public static AskRequest rotation(GroupName group, boolean application) {
        var it = of("rotate-credentials", group);
        return new AskRequest(
                it.request,
                it.group,
                it.variant,
                it.version,
                it.replicas,
                it.isProtected,
                it.server,
                it.forsaken,
                it.source,
                Optional.of(application));
    }

    private AskRequest about(Optional<String> server) {
        return new AskRequest(
                request,
                group,
                variant,
                version,
                replicas,
                isProtected,
                server,
                forsaken,
                source,
                application);
    }
}
