package dev.assent.configuration;

import dev.assent.manifest.Problem;
import java.util.List;

/// What reading a configuration gives.
public sealed interface ConfigurationReading {

    record Valid(Configuration configuration) implements ConfigurationReading {}

    /// The file cannot mean what it says.
    ///
    /// @param problems at least one; most useful first
    record Invalid(List<Problem> problems) implements ConfigurationReading {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
