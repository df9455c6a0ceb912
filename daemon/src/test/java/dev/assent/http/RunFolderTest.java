package dev.assent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the run folder holds, and how it is found by who looks for the daemon.
class RunFolderTest {

    @TempDir Path folder;

    @Test
    void a_token_is_made_once_and_only_owner_and_group_can_read_it() throws Exception {
        var run = folder.resolve("new/run");

        var made = AdminToken.readOrCreate(run);
        var read = AdminToken.readOrCreate(run);

        var file = run.resolve("admin.token");
        var text = Files.readString(file).strip();
        assertThat(text).matches("[A-Za-z0-9_-]{43}");
        assertThat(made.is(text)).isTrue();
        assertThat(read.is(text)).isTrue();
        assertThat(read.is(text + "x")).isFalse();
        assertThat(made.toString()).doesNotContain(text);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        try (var files = Files.list(run)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void a_token_that_everybody_can_read_is_refused() throws Exception {
        AdminToken.readOrCreate(folder);
        Files.setPosixFilePermissions(
                AdminToken.file(folder), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> AdminToken.readOrCreate(folder))
                .isInstanceOf(ListenException.class)
                .hasMessageContaining("every user of this machine can read")
                .hasMessageContaining("remove the file");
    }

    @Test
    void an_empty_token_file_is_refused_since_an_empty_token_would_open_the_door()
            throws Exception {
        Files.writeString(AdminToken.file(folder), "\n");
        Files.setPosixFilePermissions(
                AdminToken.file(folder), PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> AdminToken.readOrCreate(folder))
                .isInstanceOf(ListenException.class)
                .hasMessageContaining("there is no admin token");
    }

    @Test
    void the_daemon_is_found_by_option_then_environment_then_run_folder_then_default() {
        ServerFile.write(folder, URI.create("http://127.0.0.1:4000"));
        var variables =
                Map.of("ASSENT_SERVER", "http://127.0.0.1:5000", "ASSENT_RUN", folder.toString());

        assertThat(url(Optional.of("localhost:6000"), variables))
                .isEqualTo("http://localhost:6000");
        assertThat(url(Optional.empty(), variables)).isEqualTo("http://127.0.0.1:5000");
        assertThat(url(Optional.empty(), Map.of("ASSENT_RUN", folder.toString())))
                .isEqualTo("http://127.0.0.1:4000");
        assertThat(url(Optional.empty(), Map.of("ASSENT_RUN", folder.resolve("none").toString())))
                .isEqualTo("http://127.0.0.1:27736");
    }

    @Test
    void the_token_is_found_by_variable_then_file_then_run_folder() throws Exception {
        AdminToken.readOrCreate(folder);
        var own = Files.readString(AdminToken.file(folder)).strip();
        var other = Files.writeString(folder.resolve("other"), "from-file\n");

        assertThat(
                        token(
                                "127.0.0.1:1",
                                Map.of("ASSENT_TOKEN", "a", "ASSENT_TOKEN_FILE", other + "")))
                .hasValue("a");
        assertThat(token("127.0.0.1:1", Map.of("ASSENT_TOKEN_FILE", other + "")))
                .hasValue("from-file");
        assertThat(token("127.0.0.1:1", Map.of())).hasValue(own);
    }

    @Test
    void the_tokens_of_this_machine_is_sent_to_no_other() {
        AdminToken.readOrCreate(folder);

        assertThat(token("https://elsewhere.example.org", Map.of())).isEmpty();
        assertThat(token("https://elsewhere.example.org", Map.of("ASSENT_TOKEN", "a")))
                .hasValue("a");
    }

    @Test
    void a_port_that_is_taken_is_said_with_a_way_out() throws Exception {
        try (var door = new Door(folder)) {
            var taken = new Listen("127.0.0.1", door.url().getPort());

            assertThatThrownBy(() ->
                            RestServer.start(
                                    taken,
                                    Set.of(),
                                    AdminToken.readOrCreate(folder),
                                    new FakeDesk()))
                    .isInstanceOf(ListenException.class)
                    .hasMessageContaining("could not listen at " + taken)
                    .hasMessageContaining("--listen HOST:PORT");
        }
    }

    @Test
    void hosts_and_ports_are_read_with_and_without_brackets() {
        assertThat(Listen.parse("0.0.0.0:80").map(Listen::url))
                .hasValue(URI.create("http://127.0.0.1:80"));
        assertThat(Listen.parse("[::1]:80").map(Listen::url))
                .hasValue(URI.create("http://[::1]:80"));
        assertThat(Listen.parse("localhost:0")).hasValue(new Listen("localhost", 0));
        for (var text :
                new String[] {"", "80", ":80", "::1:80", "a:65536", "a:-1", "a:b", "a/b:1"}) {
            assertThat(Listen.parse(text)).as(text).isEmpty();
        }
    }

    private String url(Optional<String> server, Map<String, String> variables) {
        return Connection.find(server, Optional.empty(), variables).url().toString();
    }

    private Optional<String> token(String server, Map<String, String> variables) {
        return Connection.find(Optional.of(server), Optional.of(folder), variables).token();
    }
}
