package dev.assent.state;

import dev.assent.model.ApplicationName;
import java.time.Instant;
import java.util.List;

/// How the newest manifest of an application was read.
///
/// @param provenance where it stands
/// @param problems its errors and warnings, and what its plan notices, rendered as text, one
///   element each
/// @param condition whether it could be planned
public record ManifestState(
        ApplicationName application,
        Provenance provenance,
        Condition condition,
        List<String> problems,
        Instant readAt) {

    public enum Condition {
        VALID,
        INVALID,
        /// The file is no longer in the repository. What was built stays.
        GONE
    }

    public ManifestState {
        problems = List.copyOf(problems);
    }
}
