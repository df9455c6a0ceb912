package dev.assent.doctor;

import dev.assent.configuration.BackupSettings;
import dev.assent.state.LastBackup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/// Whether the record is backed up as often as it is to be.
record BackupCheck(Path state, BackupSettings settings, InstantSource clock) implements Check {

    @Override
    public String subject() {
        return "backups of the record";
    }

    @Override
    public Finding look() {
        var last = LastBackup.in(state);
        if (last.isEmpty()) {
            return Finding.warning(
                    "there is none yet",
                    "the daemon makes one when it starts; its log says why not");
        }
        if (Files.notExists(Path.of(last.get().file()))) {
            return Finding.trouble(
                    "the last one, %s, is gone".formatted(last.get().file()),
                    "make one: assent state backup");
        }
        var age = Duration.between(last.get().at(), clock.instant());
        if (age.compareTo(settings.every().multipliedBy(2)) > 0) {
            return Finding.trouble(
                    "the last good one is of %s, %d hours ago"
                            .formatted(last.get().at(), age.toHours()),
                    "the daemon's log says why none was made since: assent history");
        }
        return Finding.fine(
                "the last good one is of %s: %s".formatted(last.get().at(), last.get().file()));
    }
}
