package dev.assent.http.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assent.model.GroupName;
import java.util.Optional;

/// Asks for something that no manifest declares; the answer is its plan.
///
/// @param request `add-group`, `remove-group`, `scale`, `primary`, `protect`
/// @param group `ENGINE/GROUP`
/// @param variant of a group to add: `mariadb`
/// @param version of a group to add
/// @param replicas beside the primary server, for `scale`
/// @param isProtected for `protect`
public record AskRequest(
        Optional<String> request,
        Optional<String> group,
        Optional<String> variant,
        Optional<String> version,
        Optional<Integer> replicas,
        @JsonProperty("protected") Optional<Boolean> isProtected) {

    /// For a group, without further words: `remove-group`, `primary`.
    public static AskRequest of(String request, GroupName group) {
        return new AskRequest(
                Optional.of(request),
                Optional.of(group.toString()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// Asks for a further group.
    public static AskRequest addition(
            GroupName group, Optional<String> variant, Optional<String> version) {
        return new AskRequest(
                Optional.of("add-group"),
                Optional.of(group.toString()),
                variant,
                version,
                Optional.empty(),
                Optional.empty());
    }

    /// Asks for a number of replicas.
    public static AskRequest scale(GroupName group, int replicas) {
        return new AskRequest(
                Optional.of("scale"),
                Optional.of(group.toString()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(replicas),
                Optional.empty());
    }

    /// Asks that nothing can destroy a group's data, or that again something can.
    public static AskRequest protection(GroupName group, boolean isProtected) {
        return new AskRequest(
                Optional.of("protect"),
                Optional.of(group.toString()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(isProtected));
    }
}
