package dev.assent.plan.render;

import dev.assent.plan.Plan;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A plan as JSON, version 1, as `schema/plan.schema.json` describes it; and back.
public final class PlanJson {

    private PlanJson() {}

    public static ObjectNode write(Plan plan) {
        throw new UnsupportedOperationException();
    }

    /// The plan that [#write] wrote.
    ///
    /// @throws IllegalArgumentException if the JSON is not one, or its digest is not that of its
    ///   changes
    public static Plan read(JsonNode json) {
        throw new UnsupportedOperationException();
    }
}
