package dev.assent.plan;

import dev.assent.model.Recorded.RecordedGroup;
import java.util.Optional;

/// What there is, at one moment, of a group and of its engine's primary group.
record Moment(Optional<RecordedGroup> group, Optional<RecordedGroup> primary) {}
