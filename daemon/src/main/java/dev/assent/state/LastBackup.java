package dev.assent.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// The last good backup that was made on schedule, as it is remembered beside the record: a file of
/// two lines, so that it can be told while the record cannot be read.
public record LastBackup(Instant at, String file) {

    private static final String NAME = "backup.last";

    public static Optional<LastBackup> in(Path state) {
        try {
            var lines = Files.readAllLines(state.resolve(NAME), StandardCharsets.UTF_8);
            return lines.size() < 2
                    ? Optional.empty()
                    : Optional.of(new LastBackup(Instant.parse(lines.getFirst()), lines.get(1)));
        } catch (NoSuchFileException | DateTimeException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StateException("cannot read %s in %s: %s".formatted(NAME, state, e), e);
        }
    }

    public void write(Path state) {
        try {
            var fresh = Files.createTempFile(state, ".backup-", ".new");
            Files.writeString(fresh, "%s%n%s%n".formatted(at, file), StandardCharsets.UTF_8);
            Files.move(fresh, state.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StateException("cannot write %s in %s: %s".formatted(NAME, state, e), e);
        }
    }
}
