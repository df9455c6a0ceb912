package dev.assent.simulation;

import dev.assent.model.GroupName;
import dev.assent.plan.Digest;
import java.util.Set;

/// A yes that somebody said.
record Said(String who, String channel, Digest digest, Set<GroupName> destroy, boolean hold) {}
