package dev.assent.state;

import dev.assent.plan.Request;

/// A request that a plan was made for.
///
/// @param who what people read: with the admin token any name
/// @param person who it is for the policy
public record Asked(Request request, String who, String person) {}
