package dev.assent.cli;

import dev.assent.configuration.CheckedConfiguration;
import dev.assent.configuration.ConfigurationReader;
import dev.assent.manifest.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// The server's configuration in a file.
final class ConfigurationFile {

    private static final Path INSTALLED = Path.of("/etc/assent/assent.yml");

    private ConfigurationFile() {}

    /// The file that is meant: the one given, `ASSENT_CONFIG`, or the installed daemon's.
    static Path path(Optional<Path> given, Terminal terminal) {
        return given.or(() -> terminal.variable(ConfigurationReader.FILE).map(Path::of))
                .orElse(INSTALLED);
    }

    /// Reads it, as the daemon would with the variables of this process.
    static CheckedConfiguration read(Path file, Terminal terminal) {
        try (var in = Files.newInputStream(file)) {
            // No more than it may have and a byte: enough to be refused.
            var bytes = in.readNBytes(ManifestReader.MAX_BYTES + 1);
            return new ConfigurationReader().check(file.toString(), bytes, terminal.environment());
        } catch (NoSuchFileException e) {
            throw Stop.couldNotRun(
                    "could not read the configuration %s: there is none; write it, or name another one"
                            .formatted(file));
        } catch (IOException e) {
            throw Stop.couldNotRun("could not read the configuration " + ManifestFile.why(file, e));
        }
    }
}
