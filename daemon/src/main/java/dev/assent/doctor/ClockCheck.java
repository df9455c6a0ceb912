package dev.assent.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Whether something keeps this machine's clock right.
record ClockCheck() implements Check {

    private static final Path SYNCHRONISED = Path.of("/run/systemd/timesync/synchronized");

    @Override
    public String subject() {
        return "clock";
    }

    @Override
    public Finding look() {
        if (Files.exists(SYNCHRONISED)) return Finding.fine("synchronised by systemd-timesyncd");
        var said =
                Program.run(List.of("timedatectl", "show", "-p", "NTPSynchronized", "--value"))
                        .map(String::strip)
                        .orElse("");
        return switch (said) {
            case "yes" -> Finding.fine("synchronised, as timedatectl says");
            case "no" ->
                    Finding.warning(
                            "it is not synchronised: with a wrong clock tokens are refused",
                            "timedatectl set-ntp true, or have the machine's host keep it right");
            default -> Finding.fine("nothing here says whether it is synchronised");
        };
    }
}
