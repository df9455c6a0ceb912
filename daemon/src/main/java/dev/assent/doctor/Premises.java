package dev.assent.doctor;

import dev.assent.configuration.CheckedConfiguration;
import dev.assent.configuration.Configuration;
import dev.assent.configuration.ConfigurationReading;
import dev.assent.state.StateFolder;
import dev.assent.systemd.CredentialFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The installation that is looked at.
///
/// @param file the configuration file
/// @param checked what it says
/// @param state the folder of the record
/// @param run the folder of a running daemon
/// @param environment this process's variables
public record Premises(
        Path file,
        CheckedConfiguration checked,
        Path state,
        Path run,
        Map<String, String> environment) {

    private static final String SERVER = "ASSENT_SERVER";

    public Premises {
        // The daemon of this installation is meant, wherever commands go otherwise.
        var own = new HashMap<>(environment);
        own.remove(SERVER);
        environment = Map.copyOf(own);
    }

    /// The configuration; empty where it is not valid.
    Optional<Configuration> configuration() {
        return switch (checked.reading()) {
            case ConfigurationReading.Valid(var configuration) -> Optional.of(configuration);
            case ConfigurationReading.Invalid _ -> Optional.empty();
        };
    }

    Path database() {
        return StateFolder.database(state);
    }

    /// Where the record's key is: a credential of the service, or a file beside the record.
    Path key() {
        return CredentialFiles.credential(environment, "secret.key")
                .orElseGet(() -> StateFolder.key(state));
    }

    boolean isCredential(Path key) {
        return !key.equals(StateFolder.key(state));
    }
}
