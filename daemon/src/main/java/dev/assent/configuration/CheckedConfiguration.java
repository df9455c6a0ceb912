package dev.assent.configuration;

import dev.assent.manifest.CheckedTree;
import dev.assent.manifest.Problem;
import java.util.List;

/// A configuration with everything that can be said of it.
///
/// @param problems what is wrong and what is odd; most useful first
/// @param tree what it says, whatever was given by the file or by variables
public record CheckedConfiguration(
        ConfigurationReading reading, List<Problem> problems, CheckedTree tree) {

    public CheckedConfiguration {
        problems = List.copyOf(problems);
    }
}
