package dev.assent.http;

import dev.assent.state.HeadNote;
import dev.assent.state.StateException;
import dev.assent.state.Store;
import dev.assent.state.Verification;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The record of a daemon that runs.
///
/// @param folder where a backup may lie until it is fetched
/// @param program this program's version
/// @param published what was published of the audit trail
public record StoreArchive(
        Store store, Path folder, String program, Supplier<List<HeadNote>> published)
        implements Archive {

    @Override
    public void backup(String who, Consumer<Path> reading) {
        try {
            var room = Files.createTempDirectory(folder, ".backup-");
            var file = room.resolve("record.backup");
            try {
                var made = store.backup(file, program);
                store.audit()
                        .note(
                                who,
                                "record.fetched",
                                "a backup, with all entries up to " + made.manifest().entries());
                reading.accept(file);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(room);
            }
        } catch (IOException e) {
            throw new StateException("no backup could be made in %s: %s".formatted(folder, e), e);
        }
    }

    @Override
    public void exportRecord(String who, OutputStream out) {
        store.audit().note(who, "record.fetched", "an export");
        store.export(out);
    }

    @Override
    public Verification verify(boolean withPublished) {
        return store.audit().verify(withPublished ? published.get() : List.of());
    }

    @Override
    public void exportAudit(OutputStream out) {
        store.audit().export(out);
    }
}
