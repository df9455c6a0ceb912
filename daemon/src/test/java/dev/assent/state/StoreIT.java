package dev.assent.state;

import static dev.assent.state.Room.MAIN;
import static dev.assent.state.Room.SHOP;
import static dev.assent.state.Room.creating;
import static dev.assent.state.Room.group;
import static dev.assent.state.Room.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.state.JournalEntry.Event;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The store in a process of its own, which is killed.
class StoreIT {

    private static final int ROUNDS = 5;

    @TempDir Path folder;

    @Test
    void what_a_killed_process_said_is_written_is_written_whole_and_the_rest_not_at_all()
            throws Exception {
        var before = 0L;
        for (var round = 1; round <= ROUNDS; round++) {
            var writer = start();
            long said;
            try (var lines = writer.inputReader(StandardCharsets.UTF_8)) {
                said = readUntil(lines, before + round * 3L);
                assertInUse(writer);
            } finally {
                writer.destroyForcibly().waitFor();
            }

            before = check(said);
        }
    }

    private static long readUntil(BufferedReader lines, long serial) throws IOException {
        while (true) {
            var said = Long.parseLong(Objects.requireNonNull(lines.readLine(), "it ended"));
            if (said >= serial) return said;
        }
    }

    private void assertInUse(Process writer) {
        assertThatThrownBy(() -> new Room(folder))
                .isInstanceOf(StateException.class)
                .hasMessageContaining(
                        "is in use by another assent process (process %d)".formatted(writer.pid()));
    }

    /// @return the record's serial
    private long check(long said) {
        try (var room = new Room(folder)) {
            var approval = room.plans().interrupted().getFirst();
            var record = room.store().records().of(SHOP);
            var done =
                    room.store().journal().entries(approval.digest(), 0).stream()
                            .filter(it -> it.event() == Event.DONE)
                            .count();

            assertThat(record.serial()).isGreaterThanOrEqualTo(said).isEqualTo(done);
            assertThat(record.group(MAIN).orElseThrow().servers()).hasSize((int) record.serial());
            assertThat(room.store().audit().newest(Optional.of(SHOP), 10_000))
                    .filteredOn(
                            it -> it.what().startsWith("server.") || it.what().startsWith("group."))
                    .hasSize((int) done);
            assertThat(room.store().audit().firstBroken()).isEmpty();
            assertThat(room.store().credentials().get(SHOP, MAIN)).isPresent();
            return record.serial();
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// Applies one plan without an end, and says each serial once it is written.
    static final class Writer {

        private Writer() {}

        public static void main(String[] arguments) {
            try (var room = new Room(Path.of(arguments[0]))) {
                var open = room.plans().interrupted();
                var approval =
                        open.isEmpty() ? room.started(SHOP, creating(MAIN)) : open.getFirst();
                var records = room.store().records();
                room.store().credentials().getOrCreate(SHOP, MAIN);
                records.groupCreated(approval, "c1.1", group(MAIN, true));
                while (true) {
                    var next = records.of(SHOP).serial() + 1;
                    records.serverAdded(approval, "c2." + next, MAIN, server("s" + next));
                    System.out.println(next);
                }
            }
        }
    }
}
