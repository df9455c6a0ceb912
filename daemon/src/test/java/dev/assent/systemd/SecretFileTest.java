package dev.assent.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {

    @TempDir Path folder;
    private Path secret = Path.of("");

    @BeforeEach
    void write() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        secret = Files.writeString(folder.resolve("a.token"), "hunter2");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r-----"));
    }

    @Test
    void a_secret_is_read_as_long_as_it_is_one() throws IOException {
        assertThat(SecretFile.read(secret)).isEqualTo("hunter2");

        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> SecretFile.read(secret))
                .isInstanceOf(SecretFile.OpenToAllException.class)
                .hasMessageContaining("chmod o-rwx " + secret)
                .hasMessageNotContaining("hunter2");

        // Nobody gets there.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        assertThat(SecretFile.read(secret)).isEqualTo("hunter2");
    }

    @Test
    void a_link_is_as_open_as_what_it_leads_to() throws IOException {
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        var closed = Files.createDirectory(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        var link = Files.createSymbolicLink(closed.resolve("link"), secret);

        assertThat(CredentialFiles.of(Map.of(), folder).isOpenToAll(link)).isTrue();
    }

    @Test
    void who_may_read_a_credential_is_for_systemd_to_say() throws IOException {
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        var files =
                CredentialFiles.of(
                        Map.of("CREDENTIALS_DIRECTORY", folder.toString()),
                        Path.of("/etc/assent/assent.yml"));

        assertThat(files.at("a.token")).isEqualTo(secret);
        assertThat(files.isOpenToAll(secret)).isFalse();
        assertThat(files.at("b.token")).isEqualTo(Path.of("/etc/assent/b.token"));
        assertThat(files.at("../x")).isEqualTo(Path.of("/etc/assent/../x"));
        assertThat(files.at("/a/b")).isEqualTo(Path.of("/a/b"));
    }
}
