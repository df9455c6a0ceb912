package dev.assent.provider.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersUserTest {

    private static final ServersUser STRANGER = new ServersUser("stranger", 64_001, 64_001, true);

    @TempDir Path folder;

    @Test
    void another_user_runs_commands_without_rights_and_without_a_way_back() {
        assertThat(STRANGER.as(List.of("postgres", "-D", "/data")))
                .containsExactly(
                        "setpriv",
                        "--reuid=64001",
                        "--regid=64001",
                        "--clear-groups",
                        "--no-new-privs",
                        "--",
                        "postgres",
                        "-D",
                        "/data");
        assertThat(new ServersUser("we", 1000, 1000, false).as(List.of("postgres")))
                .containsExactly("postgres");
    }

    @Test
    void the_folder_that_is_in_the_way_is_named() throws IOException {
        var closed = Files.createDirectories(folder.resolve("closed"));
        var inside = Files.createDirectories(closed.resolve("open/open"));
        for (var step : List.of(folder, closed)) {
            Files.setPosixFilePermissions(step, PosixFilePermissions.fromString("rwx--x--x"));
        }
        assertThatNoException().isThrownBy(() -> STRANGER.refuseUnreachable(inside));

        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));

        assertThatThrownBy(() -> STRANGER.refuseUnreachable(inside))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("because %s does not let it pass".formatted(closed))
                .hasMessageContaining("chmod o+x " + closed);
    }

    @Test
    void root_is_never_who_servers_run_as() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"));

        assertThatThrownBy(() -> ServersUser.choose(Optional.of("root")))
                .hasMessageContaining("do not run as root");
        assertThatThrownBy(() -> ServersUser.choose(Optional.of("no-such-user")))
                .hasMessageContaining("there is no user `no-such-user`")
                .hasMessageContaining("useradd");
        assertThat(ServersUser.choose(Optional.of("nobody")).uid()).isNotZero();
    }

    @Test
    void only_root_can_run_servers_as_somebody_else() throws IOException {
        assumeTrue(!System.getProperty("user.name").equals("root"));

        assertThatThrownBy(() -> ServersUser.choose(Optional.of("root")))
                .hasMessageContaining("only root can start them as somebody else");
        assertThat(ServersUser.choose(Optional.empty()).another()).isFalse();
    }
}
