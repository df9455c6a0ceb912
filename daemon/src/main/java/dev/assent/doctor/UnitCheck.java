package dev.assent.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// How systemd sees the service, where the machine has both.
record UnitCheck() implements Check {

    private static final Path SYSTEMD = Path.of("/run/systemd/system");
    private static final String UNIT = "assentd.service";

    @Override
    public String subject() {
        return "service";
    }

    @Override
    public Finding look() {
        if (!Files.exists(SYSTEMD)) return Finding.fine("this machine is not run by systemd");
        var said =
                Program.run(
                        List.of(
                                "systemctl",
                                "show",
                                UNIT,
                                "-p",
                                "LoadState,ActiveState,SubState,Result,NRestarts,UnitFileState"));
        if (said.isEmpty()) return Finding.fine("systemd does not answer here");
        return words(
                said.get()
                        .lines()
                        .filter(it -> it.contains("="))
                        .map(it -> it.split("=", 2))
                        .collect(Collectors.toMap(it -> it[0], it -> it[1], (_, last) -> last)));
    }

    static Finding words(Map<String, String> unit) {
        var active = unit.getOrDefault("ActiveState", "");
        if (!unit.getOrDefault("LoadState", "").equals("loaded")) {
            return Finding.fine("%s is not installed".formatted(UNIT));
        }
        var words = "%s is %s (%s)".formatted(UNIT, active, unit.getOrDefault("SubState", ""));
        if (active.equals("failed")) {
            return Finding.trouble(
                    words + ": " + unit.getOrDefault("Result", ""),
                    "journalctl -u %s -e says why; then systemctl restart %s"
                            .formatted(UNIT, UNIT));
        }
        if (active.equals("activating") && !unit.getOrDefault("NRestarts", "0").equals("0")) {
            return Finding.trouble(
                    words + ": it ends again and again",
                    "journalctl -u %s -e says why".formatted(UNIT));
        }
        if (!active.equals("active")) {
            return Finding.warning(words, "systemctl enable --now " + UNIT);
        }
        var restarts = unit.getOrDefault("NRestarts", "0");
        if (!restarts.equals("0")) {
            return Finding.warning(
                    "%s, and was restarted %s times".formatted(words, restarts),
                    "journalctl -u %s says why".formatted(UNIT));
        }
        if (unit.getOrDefault("UnitFileState", "").equals("disabled")) {
            return Finding.warning(
                    words + ", but is not started with the machine", "systemctl enable " + UNIT);
        }
        return Finding.fine(words);
    }
}
