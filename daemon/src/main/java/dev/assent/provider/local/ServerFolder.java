package dev.assent.provider.local;

import dev.assent.model.ServerKey;
import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// One server's folder: `APP/ENVIRONMENT/ENGINE/GROUP/SERVER` below the folder of all.
///
/// @param path the folder itself, which may not be there
record ServerFolder(ServerKey key, Path path) {

    static final String RECORD = "server.json";

    static ServerFolder below(Path servers, ServerKey key) {
        return new ServerFolder(
                key,
                servers.resolve(FolderName.of(key.application().app()))
                        .resolve(FolderName.of(key.application().environment()))
                        .resolve(key.group().engine().word())
                        .resolve(FolderName.of(key.group().name()))
                        .resolve(FolderName.of(key.server().name())));
    }

    ServerLog log() {
        return new ServerLog(path.resolve("log").resolve("server.log"));
    }

    Path content() {
        return path.resolve("data");
    }

    /// What is recorded of the server; empty when nothing of it is there.
    Optional<ServerRecord> read() throws IOException {
        try {
            var text = Files.readString(path.resolve(RECORD));
            if (text.isEmpty() && Files.notExists(content())) return Optional.empty();
            return Optional.of(ServerRecord.parse(text));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            throw new ProviderException(
                    "%s is damaged (%s); its data was left alone: mend the file, or move the folder away"
                            .formatted(path.resolve(RECORD), e.getMessage()),
                    e);
        }
    }

    void write(ServerRecord record) throws IOException {
        Durable.replace(path.resolve(RECORD), record.toJson());
    }

    /// Writes the record of a server of which there is nothing else. Where the machine crashes
    /// before [#flush] has returned, an empty file may be left of it, which counts as none.
    void claim(ServerRecord record) throws IOException {
        Durable.replaceUnflushed(path.resolve(RECORD), record.toJson());
    }

    void flush() throws IOException {
        Durable.flush(path.resolve(RECORD));
    }
}
