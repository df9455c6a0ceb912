package dev.assent.http.api;

import com.fasterxml.jackson.annotation.JsonProperty;
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
        @JsonProperty("protected") Optional<Boolean> isProtected) {}
