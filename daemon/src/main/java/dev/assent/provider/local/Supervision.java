package dev.assent.provider.local;

import dev.assent.engine.Stop;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How servers come to have a process that outlives the daemon, and come to have none.
sealed interface Supervision permits DetachedProcesses, ServerUnits {

    /// Refuses a server that could never be started, before anything of it is there.
    void refuseUnfit(ServerFolder folder);

    /// Starts a server that does not run. What it prints goes to its own log.
    ///
    /// @param run the command that becomes the server
    /// @param stop how it is told to stop
    ServerProcess launch(ServerFolder folder, List<String> run, Stop stop) throws IOException;

    /// Sees that nobody starts the server again; where somebody keeps it, it has stopped then. Does
    /// nothing to a process that nobody keeps.
    void release(ServerFolder folder) throws IOException;

    /// What is known of a server without a process; empty when nothing is.
    Optional<String> lastSeen(ServerFolder folder);

    /// What has become of a server whose recorded process has ended.
    AfterDeath afterDeath(ServerFolder folder);

    /// The configured way, or else units where the daemon is a service of systemd itself and its
    /// template is for this provider's servers.
    ///
    /// @param environment this process's environment variables
    static Supervision of(
            LocalSettings settings, ServersUser user, Map<String, String> environment) {
        var units =
                new ServerUnits(Trees.around(settings.servers()), user, Systemctl.ofThisMachine());
        var keeper =
                settings.keeper()
                        .orElseGet(() ->
                                isService(environment) && units.fit()
                                        ? Keeper.UNITS
                                        : Keeper.PROCESSES);
        LOG.debug("servers below {} are kept as {}", settings.servers(), keeper);
        return switch (keeper) {
            case UNITS -> units;
            case PROCESSES -> new DetachedProcesses(user);
        };
    }

    private static boolean isService(Map<String, String> environment) {
        return environment.containsKey("INVOCATION_ID") || environment.containsKey("NOTIFY_SOCKET");
    }

    Logger LOG = LoggerFactory.getLogger(Supervision.class);
}
