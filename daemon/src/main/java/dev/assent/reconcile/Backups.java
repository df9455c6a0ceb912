package dev.assent.reconcile;

import dev.assent.configuration.BackupSettings;
import dev.assent.log.Complaints;
import dev.assent.state.LastBackup;
import dev.assent.state.StateException;
import dev.assent.state.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has backups of the record made while the daemon runs. One that fails is tried again soon, is
/// told in the log and in the audit trail once until one succeeds, and makes no older one go.
public final class Backups implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
    private static final Pattern OURS = Pattern.compile("assent-[0-9]{8}T[0-9]{6}Z\\.backup");
    private static final Duration PACE = Duration.ofSeconds(30);
    private static final Duration AGAIN = Duration.ofMinutes(10);

    private final Store store;
    private final Supplier<Optional<BackupSettings>> settings;
    private final Path state;
    private final String program;
    private final InstantSource clock;
    private final Rounds rounds = new Rounds("backups", PACE, this::round);
    private final Complaints complaints = new Complaints();
    private Optional<Instant> failed = Optional.empty();

    /// @param settings those in force; empty: no backups are made
    /// @param state the state folder
    /// @param program this program's version
    public Backups(
            Store store,
            Supplier<Optional<BackupSettings>> settings,
            Path state,
            String program,
            InstantSource clock) {
        this.store = store;
        this.settings = settings;
        this.state = state;
        this.program = program;
        this.clock = clock;
    }

    /// Has it done only while this node does it for all.
    public void onlyWhile(BooleanSupplier duty) {
        rounds.onlyWhile(duty);
    }

    public void start() {
        rounds.start();
    }

    /// Makes one where it is time.
    public synchronized void round() {
        settings.get().filter(this::isDue).ifPresent(this::make);
    }

    private boolean isDue(BackupSettings it) {
        var now = clock.instant();
        if (failed.filter(at -> now.isBefore(at.plus(AGAIN))).isPresent()) return false;
        return LastBackup.in(state)
                .map(last -> last.at().isAfter(now) || !now.isBefore(last.at().plus(it.every())))
                .orElse(true);
    }

    private void make(BackupSettings it) {
        var now = clock.instant();
        var folder = it.folder().orElseGet(() -> state.resolve("backups"));
        try {
            Files.createDirectories(folder);
            var made = store.backup(folder.resolve(name(now)), program);
            new LastBackup(now, made.file().toString()).write(state);
            failed = Optional.empty();
            complaints.isOver("backup");
            LOG.info(
                    "the record was backed up into {}, up to entry {}",
                    made.file(),
                    made.manifest().entries());
            forgetOld(folder, it.keep());
        } catch (StateException | IOException e) {
            failed(now, String.valueOf(e.getMessage()));
        }
    }

    private void failed(Instant now, String why) {
        failed = Optional.of(now);
        if (!complaints.isDue("backup", why)) return;
        LOG.error("no backup of the record could be made: {}", why);
        store.audit().note("assent", "record.backup-failed", why);
    }

    private static String name(Instant now) {
        return "assent-%s.backup"
                .formatted(now.toString().replaceAll("\\.[0-9]+", "").replaceAll("[-:]", ""));
    }

    private static void forgetOld(Path folder, int keep) throws IOException {
        try (var files = Files.list(folder)) {
            var ours =
                    files.filter(it -> OURS.matcher(it.getFileName().toString()).matches())
                            .sorted()
                            .toList();
            for (var it : ours.subList(0, Math.max(0, ours.size() - keep))) Files.delete(it);
        }
    }

    @Override
    public void close() {
        rounds.close();
    }
}
