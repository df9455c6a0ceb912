package dev.assent.provider.local;

import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Asks and commands systemd by its own program, which never asks back.
///
/// @param program where it is
record Systemctl(String program) {

    static Systemctl ofThisMachine() {
        return new Systemctl("systemctl");
    }

    /// Properties of a unit by name, also of one that was never started.
    Map<String, String> show(UnitName unit, List<String> properties) {
        var ended =
                call(List.of("show", "--property=" + String.join(",", properties), unit.text()));
        if (ended.code() != 0) throw refused("be asked about", unit, ended.printed());
        var found = new LinkedHashMap<String, String>();
        ended.printed()
                .lines()
                .forEach(line -> {
                    var equals = line.indexOf('=');
                    if (equals > 0)
                        found.put(line.substring(0, equals), line.substring(equals + 1));
                });
        return found;
    }

    /// Starts a unit and waits until it runs.
    void start(UnitName unit) {
        command("start", unit);
    }

    /// Stops a unit and waits until nothing of it runs.
    void stop(UnitName unit) {
        command("stop", unit);
    }

    /// Has systemd forget how often a unit failed. One of which it knows nothing is fine.
    void resetFailed(UnitName unit) {
        call(List.of("reset-failed", unit.text()));
    }

    private void command(String verb, UnitName unit) {
        var ended = call(List.of(verb, unit.text()));
        if (ended.code() != 0) throw refused(verb, unit, ended.printed());
    }

    private Commands.Ended call(List<String> arguments) {
        var argv =
                Stream.concat(
                                Stream.of(program, "--no-ask-password", "--no-pager"),
                                arguments.stream())
                        .toList();
        try {
            return Commands.run(argv, Path.of("/"));
        } catch (IOException e) {
            throw new ProviderException(
                    "`%s` could not be run: %s; install systemd, or have the provider run `servers: processes`"
                            .formatted(program, Trouble.of(e)),
                    e);
        }
    }

    private static ProviderException refused(String verb, UnitName unit, String printed) {
        return new ProviderException(
                "systemd does not %s %s: %s".formatted(verb, unit, reason(unit, printed)));
    }

    /// What went wrong, and the way out.
    private static String reason(UnitName unit, String printed) {
        var first = printed.strip().lines().findFirst().orElse("it gave no reason");
        var said = first.endsWith(".") ? first : first + ".";
        if (printed.contains("authentication required") || printed.contains("Access denied")) {
            return said
                    + " The daemon's user may not do that: the polkit rule is missing"
                    + " (/usr/share/polkit-1/rules.d/assent.rules), or polkit is (the package"
                    + " `polkitd`); or have the provider run `servers: processes`";
        }
        if (printed.contains("not found")) {
            return said
                    + " Install assent-server@.service, or have the provider run `servers:"
                    + " processes`";
        }
        if (printed.contains("connect to bus")) {
            return said
                    + " systemd and its bus have to run; or have the provider run `servers:"
                    + " processes`";
        }
        return said + " More: journalctl --unit='" + unit + "'";
    }
}
