package dev.assent.state;

import dev.assent.plan.Request;

/// A request that a plan was made for.
public record Asked(Request request, String who) {}
