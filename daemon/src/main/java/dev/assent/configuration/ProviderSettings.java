package dev.assent.configuration;

import dev.assent.model.Sizes;
import dev.assent.provider.local.Keeper;
import dev.assent.provider.local.LocalSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// How one provider is to work.
public sealed interface ProviderSettings {

    /// Real servers on this machine.
    ///
    /// @param firstPort the first TCP port that servers may listen on
    /// @param lastPort the last one
    /// @param runAs the user that servers run as when the daemon runs as root
    /// @param download whether programs that the machine lacks may be fetched
    /// @param servers what servers are; empty: units where the daemon is a service itself
    record Local(
            int firstPort,
            int lastPort,
            Optional<String> runAs,
            boolean download,
            Optional<Servers> servers)
            implements ProviderSettings {

        /// How the provider of this name works below a state folder.
        public LocalSettings in(Path state, String name, Sizes sizes) {
            var plain =
                    LocalSettings.in(
                                    state.resolve("servers").resolve(name),
                                    state.resolve("programs"))
                            .withPorts(firstPort, lastPort)
                            .withArchives(download)
                            .withSizes(sizes);
            var homed = hasHome() ? plain : plain.withMavenRepository(state.resolve("maven"));
            var kept = servers.map(Servers::keeper).map(homed::withKeeper).orElse(homed);
            return runAs.map(kept::withRunAs).orElse(kept);
        }

        /// A user without a home has no Maven repository in it either.
        private static boolean hasHome() {
            return Files.isWritable(Path.of(System.getProperty("user.home")));
        }
    }

    /// What the servers of a machine are.
    enum Servers {
        /// Units of systemd, each on its own.
        UNITS,
        /// Processes that nobody but the daemon looks after.
        PROCESSES;

        private Keeper keeper() {
            return switch (this) {
                case UNITS -> Keeper.UNITS;
                case PROCESSES -> Keeper.PROCESSES;
            };
        }
    }
}
