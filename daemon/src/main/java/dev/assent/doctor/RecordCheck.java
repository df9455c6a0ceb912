package dev.assent.doctor;

import dev.assent.http.Connection;
import dev.assent.http.Greeting;
import dev.assent.state.RecordInspection;
import dev.assent.state.SecretKeyFile;
import dev.assent.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;

/// Whether the record is whole, of a version that this program knows, and opened by the key. A
/// daemon that runs has checked that itself; its record is left alone.
record RecordCheck(Premises premises) implements Check {

    private static final long LARGEST = 1L << 30;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Override
    public String subject() {
        return "record";
    }

    @Override
    public Finding look() throws IOException, InterruptedException {
        var database = premises.database();
        if (Files.notExists(database)) {
            return lost();
        }
        var holder = RecordInspection.holder(database);
        if (holder.isPresent()) return held(holder.getAsLong());
        if (Files.size(database) > LARGEST) {
            return Finding.warning(
                    "%s has %d MiB, too much to look at a copy"
                            .formatted(database, Files.size(database) >> 20),
                    "start the daemon: it checks the record before it does anything");
        }
        if (Files.notExists(premises.key())) {
            return Finding.trouble(
                    database + " can't be opened without its key", "see the secret key");
        }
        var found = RecordInspection.of(database, SecretKeyFile.read(premises.key()));
        return words(database, found);
    }

    /// One that is yet to be made, or one that is lost.
    private Finding lost() {
        return StateFolder.lost(premises.state())
                .map(Finding::trouble)
                .orElseGet(() ->
                        Finding.fine(
                                premises.database()
                                        + " is not there yet; it is made at the first start"));
    }

    private Finding held(long process) throws InterruptedException {
        var connection =
                Connection.find(
                        Optional.empty(), Optional.of(premises.run()), premises.environment());
        try {
            var greeting = Greeting.of(connection, PATIENCE);
            if (greeting.notReady().isEmpty()) {
                return Finding.fine(
                        "open in the daemon (process %d), which checked it when it started"
                                .formatted(process));
            }
            return Finding.warning(
                    "open in process %d, which is not ready: %s"
                            .formatted(process, greeting.notReady().get()),
                    "try again in a moment");
        } catch (IOException _) {
            return Finding.trouble(
                    "in use by process %d, and no daemon answers at %s"
                            .formatted(process, connection.url()),
                    "give the daemon's run folder with --run DIR; if it hangs, its log says why");
        }
    }

    static Finding words(Object record, RecordInspection found) {
        if (found.version() == 0) {
            return Finding.fine(record + " is empty; it is filled at the start");
        }
        if (found.version() < found.newest()) {
            return Finding.fine(
                    "whole; of schema %d, which the next start brings to %d"
                            .formatted(found.version(), found.newest()));
        }
        return found.broken()
                .map(it ->
                        Finding.trouble(
                                "the audit trail was changed: entry %d does not fit".formatted(it),
                                "find out who did that; compare it with a backup"))
                .orElseGet(() ->
                        Finding.fine(
                                "whole, of schema %d, opened by the key; the audit trail's %d entries fit"
                                        .formatted(found.version(), found.entries())));
    }
}
