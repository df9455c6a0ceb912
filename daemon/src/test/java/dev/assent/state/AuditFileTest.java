package dev.assent.state;

import static dev.assent.state.Room.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.assent.state.Tampering.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {

    /// As README has it.
    private static final String CHECK =
            """
            before=$(printf '0%.0s' $(seq 64))
            jq -c 'select(.text)' "$1" | while read -r line; do
              text=$(printf %s "$line" | jq -r .text)
              hash=$(printf %s "$text" | sha256sum | cut -d' ' -f1)
              [ "$hash" = "$(printf %s "$line" | jq -r .hash)" ] &&
                [ "$before" = "$(printf %s "$text" | jq -r '.[0]')" ] ||
                { echo "does not fit: $text"; exit 1; }
              before=$hash
            done
            """;

    @TempDir Path folder;

    private Room room;
    private Path file;

    @BeforeEach
    void open() throws IOException {
        room = new Room(folder);
        for (var i = 0; i < 5; i++) {
            room.store().audit().note("ada", "test.noted", SHOP, "\"quoted\" \u00e4 \\ no. " + i);
        }
        file = folder.resolve("trail.jsonl");
        try (var out = Files.newOutputStream(file)) {
            room.store().audit().export(out);
        }
    }

    @AfterEach
    void close() {
        room.close();
    }

    private Verification verify() {
        return AuditFile.verify(file, Optional.empty(), List.of());
    }

    private Verification verifySeals() {
        return AuditFile.verify(file, Optional.of(SecretKeyFile.read(room.key())), List.of());
    }

    private void edit(int line, String from, String to) throws IOException {
        var lines = new ArrayList<>(Files.readAllLines(file));
        assertThat(lines.get(line)).contains(from);
        lines.set(line, lines.get(line).replace(from, to));
        Files.write(file, lines);
    }

    @Test
    void an_exported_trail_fits_with_and_without_the_key() {
        assertThat(verify().found()).isEmpty();
        assertThat(verify().sealedFrom()).isEmpty();
        assertThat(verifySeals().found()).isEmpty();
        assertThat(verifySeals().entries()).isEqualTo(5);
    }

    @Test
    void what_was_edited_removed_or_cut_off_in_it_is_found_without_the_key() throws IOException {
        var whole = Files.readAllLines(file);
        edit(2, "ada", "eve");
        assertThat(verify().found()).extracting(Tampering::kind).containsExactly(Kind.EDITED);

        Files.write(
                file,
                List.of(whole.get(0), whole.get(2), whole.get(3), whole.get(4), whole.get(5)));
        assertThat(verify().found()).extracting(Tampering::kind).containsExactly(Kind.MISSING);

        Files.write(file, List.of(whole.get(0), whole.get(1), whole.get(5)));
        assertThat(verify().found()).extracting(Tampering::kind).containsExactly(Kind.CUT_OFF);

        Files.write(file, whole.subList(0, 5));
        assertThat(verify().found()).extracting(Tampering::kind).containsExactly(Kind.HEAD);
    }

    @Test
    void a_trail_of_another_key_is_found_with_the_key() throws IOException {
        edit(3, "\"seal\":\"", "\"seal\":\"0");

        assertThat(verify().found()).isEmpty();
        assertThat(verifySeals().found()).extracting(Tampering::kind).containsExactly(Kind.FORGED);
    }

    @Test
    void what_is_no_trail_is_said() throws IOException {
        Files.writeString(file, "something else\n");

        assertThatThrownBy(this::verify)
                .isInstanceOf(StateException.class)
                .hasMessageContaining("is no audit trail");
    }

    @Test
    void what_was_published_is_found_in_the_trail_or_is_missed() {
        var early = room.store().audit().head().orElseThrow();
        room.store().audit().note("ada", "test.noted", SHOP, "later");
        var late = room.store().audit().head().orElseThrow();

        assertThat(room.store().audit().verify(List.of(late, early)).found()).isEmpty();
        assertThat(HeadNote.parse(late.json())).isEqualTo(late);
        // The file ends before the later one, and says that it ends there.
        assertThat(AuditFile.verify(file, Optional.empty(), List.of(late, early)).found())
                .singleElement()
                .satisfies(it ->
                        assertThat(it.said()).isEqualTo("entry 6 was published, and is missing"));
        var other = new HeadNote(3, early.hash(), early.at(), early.seal());
        assertThat(AuditFile.verify(file, Optional.empty(), List.of(other)).found())
                .singleElement()
                .satisfies(it ->
                        assertThat(it.said()).isEqualTo("entry 3 is another than was published"));
        assertThat(room.store().audit().verify(List.of(other)).found())
                .singleElement()
                .satisfies(it ->
                        assertThat(it.said())
                                .isEqualTo("entry 3 was not published by this record"));
    }

    @Test
    void anybody_can_check_it_with_what_every_machine_has() throws Exception {
        assumeThat(Path.of("/usr/bin/jq")).exists();

        assertThat(check()).isZero();
        edit(2, "ada", "eve");
        assertThat(check()).isEqualTo(1);
    }

    private int check() throws IOException, InterruptedException {
        var process =
                new ProcessBuilder("sh", "-c", CHECK, "sh", file.toString())
                        .redirectErrorStream(true)
                        .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as(said).isTrue();
        return process.exitValue();
    }
}
