package dev.assent.http.api;

import dev.assent.plan.render.Estimates;
import dev.assent.state.StepStanding;
import dev.assent.state.StoredPlan;
import java.util.List;

/// A plan, what became of it, and how long it will take as far as the past tells.
///
/// @param steps those of its steps that were touched
public record ShownPlan(
        StoredPlan stored,
        Estimates estimates,
        List<StepStanding> steps,
        List<HeadsAnswer.Also> overlaps) {}
