package dev.assent.approval;

import dev.assent.manifest.Problem;
import java.util.List;

/// What reading a policy gives.
public sealed interface PolicyReading {

    /// It can be used.
    ///
    /// @param warnings what is odd about it
    record Valid(Policy policy, List<Problem> warnings) implements PolicyReading {
        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /// The file cannot mean what it says.
    ///
    /// @param problems at least one; most useful first
    record Invalid(List<Problem> problems) implements PolicyReading {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
