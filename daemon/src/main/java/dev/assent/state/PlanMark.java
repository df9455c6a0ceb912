package dev.assent.state;

import dev.assent.plan.Digest;

/// What can be told of a stored plan without reading its changes.
///
/// @param leftSerial the record's serial as this plan left it; its base serial before it starts
/// @param asked whether a person asked for it, and not a manifest
/// @param byBranch whether the branch itself wants it
/// @param byDrift whether it would mend what was found
record PlanMark(Digest digest, long leftSerial, boolean asked, boolean byBranch, boolean byDrift) {}
