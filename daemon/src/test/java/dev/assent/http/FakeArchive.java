package dev.assent.http;

import dev.assent.state.Verification;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A record of a few words.
record FakeArchive(List<String> asked) implements Archive {

    @Override
    public void backup(String who, Consumer<Path> reading) {
        asked.add("backup by " + who);
        try {
            var file = Files.createTempFile("backup", "");
            Files.writeString(file, "a backup");
            reading.accept(file);
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void exportRecord(String who, OutputStream out) {
        asked.add("export by " + who);
        write(out, "{\"an\":\"export\"}\n");
    }

    @Override
    public Verification verify(boolean withPublished) {
        return new Verification(0, "0", Optional.empty(), 0, 0, List.of(), Optional.empty());
    }

    @Override
    public void exportAudit(OutputStream out) {
        write(out, "{\"a\":\"trail\"}\n");
    }

    private static void write(OutputStream out, String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
