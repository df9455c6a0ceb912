package dev.assent.cli;

import dev.assent.http.Listen;
import dev.assent.manifest.Look;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// Runs the daemon; the command line knows no more of it.
public interface Launch {

    /// Runs until the process is told to end.
    ///
    /// @param configuration the configuration file
    /// @param state the folder of the record and of what the daemon must not lose
    /// @param run the folder of what is worth something only while it runs
    /// @param listen where to listen; empty for what the configuration or the default says
    /// @param node what this daemon is called among those that share its record; empty: as its
    ///   machine
    /// @param look how what is wrong with the configuration is shown
    /// @return the exit code
    int daemon(
            Path configuration,
            Path state,
            Path run,
            Optional<Listen> listen,
            Optional<String> node,
            Supplier<Look> look);
}
