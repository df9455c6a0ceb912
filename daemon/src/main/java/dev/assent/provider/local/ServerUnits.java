package dev.assent.provider.local;

import dev.assent.engine.Stop;
import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Servers as units of systemd, instances of `assent-server@.service`: sandboxed, started again
/// when they die, and stopped with the machine.
///
/// @param servers the folder that the template has all servers in
record ServerUnits(Path servers, ServersUser user, Systemctl systemctl) implements Supervision {

    private static final Logger LOG = LoggerFactory.getLogger(ServerUnits.class);

    private static final Set<String> AT_REST = Set.of("inactive", "failed");

    /// Whether the template is installed and is for these servers.
    boolean fit() {
        try {
            var trouble = trouble(servers.resolve("any"));
            trouble.ifPresent(it -> LOG.info("servers do not become units of systemd: {}", it));
            return trouble.isEmpty();
        } catch (ProviderException e) {
            LOG.info("servers do not become units of systemd: {}", e.getMessage());
            return false;
        }
    }

    @Override
    public void refuseUnfit(ServerFolder folder) {
        var trouble = trouble(folder.path());
        if (trouble.isPresent()) throw new ProviderException(trouble.get());
    }

    @Override
    public ServerProcess launch(ServerFolder folder, List<String> run, Stop stop)
            throws IOException {
        refuseUnfit(folder);
        var unit = unit(folder.path());
        ServerCommand.START.write(folder, run);
        ServerCommand.STOP.write(folder, words(stop));
        systemctl.resetFailed(unit);
        systemctl.start(unit);
        return process(systemctl.show(unit, List.of("MainPID")))
                .orElseThrow(() ->
                        new ProviderException(
                                "the server ended right after its start; systemd tries a few times more; more: journalctl --unit='%s'"
                                        .formatted(unit)));
    }

    /// Without its command nobody else starts it either, by systemctl or in any other way: what was
    /// stopped on purpose may not be what takes the writes any more.
    @Override
    public void release(ServerFolder folder) throws IOException {
        Files.deleteIfExists(ServerCommand.START.file(folder));
        var unit = unit(folder.path());
        var state = systemctl.show(unit, List.of("LoadState", "ActiveState"));
        if (!state.getOrDefault("LoadState", "").equals("loaded")) return;
        if (!AT_REST.contains(state.getOrDefault("ActiveState", "inactive"))) systemctl.stop(unit);
        systemctl.resetFailed(unit);
    }

    @Override
    public Optional<String> lastSeen(ServerFolder folder) {
        try {
            var unit = unit(folder.path());
            var state = systemctl.show(unit, List.of("ActiveState", "SubState", "Result"));
            var result = state.getOrDefault("Result", "success");
            if (result.equals("success")) return Optional.empty();
            return Optional.of(
                    "its unit is %s (%s, %s); more: journalctl --unit='%s'; what stays down is tried again by `systemctl restart assentd`"
                            .formatted(
                                    state.getOrDefault("ActiveState", "in no known state"),
                                    state.getOrDefault("SubState", "?"),
                                    result,
                                    unit));
        } catch (ProviderException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    @Override
    public AfterDeath afterDeath(ServerFolder folder) {
        var unit = unit(folder.path());
        var properties = List.of("ActiveState", "SubState", "Result", "MainPID", "NRestarts");
        var state = systemctl.show(unit, properties);
        var process = process(state);
        if (process.isPresent()) return AfterDeath.restarted(process.get());
        if (!wasUnit(folder)) return AfterDeath.ENDED;
        if (!AT_REST.contains(state.getOrDefault("ActiveState", ""))) return AfterDeath.UNDER_WAY;
        return AfterDeath.givenUp(whyAtRest(unit, state));
    }

    /// A server may have been a process before its provider kept units, or have been stopped by the
    /// provider, which was killed before it started it again.
    private static boolean wasUnit(ServerFolder folder) {
        return Files.exists(ServerCommand.START.file(folder));
    }

    private static String whyAtRest(UnitName unit, Map<String, String> state) {
        var more = "more: journalctl --unit='%s'".formatted(unit);
        if (state.getOrDefault("Result", "").equals("success")) {
            return "its unit was stopped; to start it: systemctl start '%s'".formatted(unit);
        }
        return "its unit is %s (%s) after systemd has started it again %s times; %s; to try again: systemctl restart assentd"
                .formatted(
                        state.getOrDefault("ActiveState", "?"),
                        state.getOrDefault("Result", "?"),
                        state.getOrDefault("NRestarts", "0"),
                        more);
    }

    /// No program is called by a word without a folder, so `assent-server` can tell the two apart.
    private static List<String> words(Stop stop) {
        return switch (stop) {
            case Stop.Command(var argv) -> argv;
            case Stop.Signal _ -> List.of("TERM");
        };
    }

    private static Optional<ServerProcess> process(Map<String, String> unit) {
        return Optional.ofNullable(unit.get("MainPID"))
                .map(Long::parseLong)
                .filter(pid -> pid > 0)
                .flatMap(ServerProcess::of);
    }

    private UnitName unit(Path folder) {
        return UnitName.of(servers, folder);
    }

    /// Why a server in a folder cannot be a unit. The template is asked rather than trusted: an
    /// administrator may have changed it, or keep another state folder.
    private Optional<String> trouble(Path folder) {
        var unit = unit(folder);
        if (user.another()) {
            return Optional.of(
                    "units run as the daemon's own user, and that is root; run the daemon as the user `assent`, or have the provider run `servers: processes`");
        }
        var there = systemctl.show(unit, List.of("LoadState", "WorkingDirectory", "User"));
        if (!there.getOrDefault("LoadState", "").equals("loaded")) {
            return Optional.of(
                    "systemd has no assent-server@.service; install it, or have the provider run `servers: processes`");
        }
        var meant = there.getOrDefault("WorkingDirectory", "");
        if (!meant.equals(folder.toString())) {
            return Optional.of(
                    "assent-server@.service is for servers in another folder: it would run this one in %s and not in %s; give it a drop-in for this state folder (systemd/README.md), or have the provider run `servers: processes`"
                            .formatted(meant, folder));
        }
        var runsAs = there.getOrDefault("User", "");
        if (!runsAs.equals(user.name())) {
            return Optional.of(
                    "assent-server@.service runs servers as `%s`, and the daemon runs as `%s`; give it a drop-in with `User=%s`, or have the provider run `servers: processes`"
                            .formatted(runsAs, user.name(), user.name()));
        }
        return Optional.empty();
    }
}
