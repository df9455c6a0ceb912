package dev.assent.simulation;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.assent.observation.Observer;
import dev.assent.state.SecretKeyFile;
import dev.assent.state.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/// The file of a record: copied from an empty one that was migrated once, which takes much longer.
/// It lies in memory where the machine has a folder for that.
final class RecordFolder {

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final Path EMPTY = empty();

    private final Path folder;

    private RecordFolder(Path folder) {
        this.folder = folder;
    }

    private static Path empty() {
        var folder = folder();
        Store.open(folder.resolve("assent.db"), key(folder), InstantSource.system()).close();
        return folder;
    }

    private static SecretKeyFile key(Path folder) {
        return SecretKeyFile.readOrCreate(folder.resolve("secret.key"));
    }

    private static Path folder() {
        try {
            var folder =
                    Files.isWritable(MEMORY)
                            ? Files.createTempDirectory(MEMORY, "assent-simulation")
                            : Files.createTempDirectory("assent-simulation");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) Files.delete(file);
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A place for records, one at a time.
    static RecordFolder place() {
        return new RecordFolder(folder());
    }

    /// Empties it.
    void begin() {
        try {
            for (var rest : new String[] {"assent.db-wal", "assent.db-shm"}) {
                Files.deleteIfExists(folder.resolve(rest));
            }
            for (var name : new String[] {"assent.db", "secret.key"}) {
                Files.copy(EMPTY.resolve(name), folder.resolve(name), REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Store open(InstantSource clock, Observer observer) {
        return Store.open(folder.resolve("assent.db"), key(folder), clock, observer);
    }
}
