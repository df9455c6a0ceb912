package dev.assent.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretKeyFileTest {

    @TempDir Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("made").resolve("secret.key");
    }

    @Test
    void a_missing_key_is_made_for_its_owner_alone_and_kept() throws IOException {
        var made = SecretKeyFile.readOrCreate(file);

        assertThat(made.key().getEncoded()).hasSize(32);
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(permissions(folder.resolve("made"))).isEqualTo("rwx------");
        assertThat(SecretKeyFile.readOrCreate(file).key()).isEqualTo(made.key());
        assertThat(SecretKeyFile.read(file).key()).isEqualTo(made.key());
        try (var files = Files.list(folder.resolve("made"))) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void of_many_who_make_it_at_once_all_go_on_with_the_same_key() throws Exception {
        for (var round = 0; round < 50; round++) {
            var fresh = folder.resolve("key" + round);

            var keys = Together.all(8, _ -> SecretKeyFile.readOrCreate(fresh).key());

            assertThat(keys).hasSize(8).containsOnly(SecretKeyFile.read(fresh).key());
        }
    }

    @Test
    void a_key_may_be_raw_bytes_or_base64_with_or_without_a_line_end() throws IOException {
        var raw = new byte[32];
        Arrays.fill(raw, (byte) 0xE7);
        var base64 = Base64.getEncoder().encodeToString(raw);

        for (var content :
                new byte[][] {raw, bytes(base64), bytes(base64 + "\n"), bytes(base64 + "\r\n")}) {
            write(content);
            assertThat(SecretKeyFile.readOrCreate(file).key().getEncoded()).isEqualTo(raw);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "hunter2", "aHVudGVyMg==", "not base64, but long enough to be a key"})
    void what_is_no_key_is_refused_without_showing_it(String content) throws IOException {
        write(bytes(content));

        assertThatThrownBy(() -> SecretKeyFile.readOrCreate(file))
                .isInstanceOf(StateException.class)
                .hasNoCause()
                .hasMessage(
                        "the key file %s holds no key; it must be 32 bytes or their Base64, as made by: openssl rand -base64 32"
                                .formatted(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-"})
    void a_key_that_others_can_reach_is_refused_with_the_command_that_mends_it(String mode)
            throws IOException {
        SecretKeyFile.readOrCreate(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

        assertThatThrownBy(() -> SecretKeyFile.readOrCreate(file))
                .isInstanceOf(StateException.class)
                .hasMessageEndingWith("mend that: chmod 600 " + file);
    }

    @Test
    void a_key_that_somebody_else_keeps_is_read_whatever_its_mode_and_never_made()
            throws IOException {
        assertThatThrownBy(() -> SecretKeyFile.read(file))
                .isInstanceOf(StateException.class)
                .hasMessageStartingWith("there is no key file " + file);
        assertThat(file).doesNotExist();

        var made = SecretKeyFile.readOrCreate(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));

        assertThat(SecretKeyFile.read(file).key()).isEqualTo(made.key());
    }

    @Test
    void it_shows_its_place_and_never_itself() {
        var key = SecretKeyFile.readOrCreate(file);

        assertThat(key).hasToString(file.toString());
    }

    private void write(byte[] content) throws IOException {
        SecretKeyFile.readOrCreate(file);
        Files.write(file, content);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
