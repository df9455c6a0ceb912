package dev.assent.metrics;

import dev.assent.metrics.Family.Value;
import dev.assent.state.LastBackup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// How the daemon itself is.
final class DaemonGauges {

    static final List<Family> ALL =
            List.of(
                    new Family(
                            "assent.build.info",
                            "Which program this is.",
                            it ->
                                    Stream.of(
                                            Value.of(
                                                    1,
                                                    "version",
                                                    it.version(),
                                                    "java",
                                                    Runtime.version().toString()))),
                    new Family(
                            "assent.ready",
                            "Whether the daemon takes orders.",
                            it -> Stream.of(Value.of(it.notReady().isEmpty()))),
                    new Family(
                            "assent.healthy",
                            "Whether the pipeline turns.",
                            it -> Stream.of(Value.of(it.trouble().isEmpty()))),
                    new Family(
                            "assent.disk.free.bytes",
                            "Room where the record lies.",
                            it -> size(() -> Files.getFileStore(it.folder()).getUsableSpace())),
                    new Family(
                            "assent.record.backup.age.seconds",
                            "How long the last good backup of the record is ago, where they are made on schedule.",
                            it ->
                                    LastBackup.in(it.folder()).stream()
                                            .map(last -> Value.of(it.since(last.at())))),
                    new Family(
                            "assent.database.size.bytes",
                            "The record, with what is not yet folded into it.",
                            it -> size(() -> database(it.folder()))));

    private DaemonGauges() {}

    private interface Question {
        long ask() throws IOException;
    }

    private static Stream<Value> size(Question question) {
        try {
            return Stream.of(Value.of(question.ask()));
        } catch (IOException _) {
            return Stream.empty();
        }
    }

    private static long database(Path folder) throws IOException {
        var size = 0L;
        try (var files = Files.newDirectoryStream(folder, "assent.db{,-wal}")) {
            for (var file : files) size += Files.size(file);
        }
        return size;
    }
}
