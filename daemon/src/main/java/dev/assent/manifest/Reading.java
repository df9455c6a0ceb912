package dev.assent.manifest;

import java.util.List;

/// What reading a manifest gives.
public sealed interface Reading {

    record Valid(Manifest manifest, List<Problem> warnings) implements Reading {
        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /// The file cannot mean what it says.
    ///
    /// @param problems at least one error, and the warnings; most useful first
    record Invalid(List<Problem> problems) implements Reading {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
