package dev.assent.http.api;

import dev.assent.state.StoredPlan;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What came of a yes.
///
/// @param missing what is still missing, in a sentence; empty where the plan is approved
public record YesAnswer(StoredPlan plan, Optional<String> missing) {

    /// The field beside those of the plan.
    public static final String MISSING = "missing";

    /// The answer that a daemon wrote.
    ///
    /// @throws IllegalArgumentException if it is none
    public static YesAnswer read(JsonNode json) {
        return new YesAnswer(StoredPlanJson.read(json), json.path(MISSING).stringValueOpt());
    }
}
