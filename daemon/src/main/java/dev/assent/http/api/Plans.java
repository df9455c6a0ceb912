package dev.assent.http.api;

import java.util.List;

/// A list of plans, newest first.
public record Plans(List<PlanSummary> plans) {}
