package dev.assent.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.assent.configuration.ConfigurationReader;
import dev.assent.configuration.NotificationSettings;
import dev.assent.configuration.NotificationSettings.Medium;
import dev.assent.configuration.NotificationSettings.Url;
import dev.assent.configuration.ProviderSettings;
import dev.assent.doctor.Finding.Verdict;
import dev.assent.http.Door;
import dev.assent.http.ServerFile;
import dev.assent.model.Secret;
import dev.assent.state.SecretKeyFile;
import dev.assent.state.StateException;
import dev.assent.state.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is looked at on this machine: folders, record, disk, clock, and the daemon.
class MachineChecksTest {

    @TempDir Path folder;
    private Path state = Path.of("");
    private Path run = Path.of("");

    @BeforeEach
    void make() throws IOException {
        state = Files.createDirectory(folder.resolve("state"), mode("rwx--x--x"));
        run = Files.createDirectory(folder.resolve("run"), mode("rwx------"));
        // Else a daemon that runs on this machine would be found where none is.
        ServerFile.write(run, URI.create("http://127.0.0.1:1"));
    }

    @Test
    void a_folder_is_told_with_its_owner_and_mode_and_one_that_is_open_is_a_trouble()
            throws IOException {
        var check = new FolderCheck("state folder", state, "/var/lib/assent");

        assertThat(check.look().verdict()).isEqualTo(Verdict.FINE);
        assertThat(check.look().found()).contains(System.getProperty("user.name"), "rwx--x--x");
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(check.look().verdict()).isEqualTo(Verdict.TROUBLE);
        assertThat(check.look().wayOut()).contains("chmod o-rw " + state);
        assertThat(new FolderCheck("x", folder.resolve("new/state"), "/x").look().found())
                .contains("made at the start");
    }

    @Test
    void a_record_that_nobody_has_open_is_checked_in_a_copy() throws Exception {
        store().close();

        assertThat(new RecordCheck(premises()).look().found())
                .contains("whole, of schema", "opened by the key", "0 entries fit");
        assertThat(new SecretKeyCheck(premises()).look().verdict()).isEqualTo(Verdict.FINE);
        // It was neither locked nor changed: a daemon can start at once.
        store().close();
    }

    @Test
    void a_record_that_is_open_is_left_to_the_daemon_which_is_asked() throws Exception {
        try (var holder = RecordHolder.of(state)) {
            var alone = new RecordCheck(premises()).look();
            assertThat(alone.verdict()).isEqualTo(Verdict.TROUBLE);
            assertThat(alone.found()).contains("in use by process " + holder.pid());

            Files.delete(ServerFile.file(run));
            try (var door = new Door(run)) {
                assertThat(new RecordCheck(premises()).look().found())
                        .contains("open in the daemon");
                assertThat(new DescriptorsCheck(premises()).look().found())
                        .startsWith("the daemon may have");
                door.desk.notReady = Optional.of("it is starting");
                assertThat(new RecordCheck(premises()).look().verdict()).isEqualTo(Verdict.WARNING);
            }
        }
    }

    @Test
    void another_key_a_lost_key_and_an_open_key_are_troubles() throws Exception {
        store().close();
        var key = state.resolve("secret.key");
        var right = Files.readString(key);

        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> new SecretKeyCheck(premises()).look())
                .isInstanceOf(StateException.class)
                .hasMessageContaining("chmod 600 " + key);

        Files.delete(key);
        assertThat(new SecretKeyCheck(premises()).look().found()).contains("is gone");
        assertThat(key).doesNotExist();
        assertThat(new RecordCheck(premises()).look().verdict()).isEqualTo(Verdict.TROUBLE);

        SecretKeyFile.readOrCreate(key);
        assertThatThrownBy(() -> new RecordCheck(premises()).look())
                .isInstanceOf(StateException.class)
                .hasMessageContaining("is not the one")
                .hasMessageNotContaining(right.strip());
    }

    @Test
    void a_record_that_was_changed_or_damaged_is_a_trouble() throws Exception {
        try (var store = store()) {
            store.audit().note("ada", "looked", "around");
        }
        var database = state.resolve("assent.db");
        var bytes = Files.readString(database, java.nio.charset.StandardCharsets.ISO_8859_1);

        Files.writeString(
                database,
                bytes.replace("around", "arouse"),
                java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(new RecordCheck(premises()).look().found()).contains("entry 1 does not fit");

        Files.writeString(database, "no database at all".repeat(100));
        assertThatThrownBy(() -> new RecordCheck(premises()).look())
                .isInstanceOf(StateException.class)
                .hasMessageContaining("is no SQLite database");
    }

    @ParameterizedTest
    @CsvSource({
        "50, 1000000, TROUBLE, 50 MiB free",
        "500, 1000000, WARNING, 500 MiB free",
        "5000, 500, WARNING, only for 500 more files",
        "5000, 1000000, FINE, 4.9 GiB free of 97.7 GiB",
        "5000, 0, FINE, 4.9 GiB free",
    })
    void a_disk_that_is_nearly_full_is_told_of(
            long mebibytes, long inodes, Verdict verdict, String says) throws IOException {
        var check =
                new DiskCheck(
                        state,
                        _ -> new Space(100_000L << 20, mebibytes << 20, OptionalLong.of(inodes)));

        assertThat(check.look().verdict()).isEqualTo(verdict);
        assertThat(check.look().found()).contains(says);
        assertThat(DiskCheck.of(folder.resolve("not/there")).look().found()).contains("free of");
    }

    @Test
    void a_clock_that_is_wrong_is_told_of_by_the_time_of_a_server() throws Exception {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                it -> {
                    it.sendResponseHeaders(404, -1);
                    it.close();
                });
        server.start();
        try {
            var uri = URI.create("http://127.0.0.1:%d/".formatted(server.getAddress().getPort()));
            var behind = Instant.now().minus(Duration.ofSeconds(90));

            assertThat(new SkewCheck(uri, InstantSource.system()).look().verdict())
                    .isEqualTo(Verdict.FINE);
            var wrong = new SkewCheck(uri, InstantSource.fixed(behind)).look();
            assertThat(wrong.verdict()).isEqualTo(Verdict.WARNING);
            assertThat(wrong.found()).containsPattern("(8|9)[0-9] s behind that of 127.0.0.1");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_daemon_is_found_ready_starting_strange_or_not_at_all() throws Exception {
        assertThat(new DaemonCheck(premises()).look().found()).startsWith("none answers at");

        Files.delete(ServerFile.file(run));
        try (var door = new Door(run)) {
            var ready = new DaemonCheck(premises()).look();
            assertThat(ready.verdict()).as(ready.found()).isEqualTo(Verdict.FINE);
            assertThat(ready.found()).startsWith("ready at " + door.url()).contains("version");

            door.desk.notReady = Optional.of("it is starting");
            assertThat(new DaemonCheck(premises()).look().found()).contains("it is starting");

            door.desk.notReady = Optional.empty();
            var stranger = new DaemonCheck(premises("ASSENT_TOKEN", "hunter2")).look();
            assertThat(stranger.found()).contains("does not take our token");
            assertThat(stranger.toString()).doesNotContain("hunter2");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LoadState=not-found | FINE | is not installed",
                "LoadState=loaded,ActiveState=active,SubState=running,NRestarts=0 | FINE | is active (running)",
                "LoadState=loaded,ActiveState=active,SubState=running,NRestarts=3 | WARNING | restarted 3 times",
                "LoadState=loaded,ActiveState=inactive,SubState=dead | WARNING | is inactive",
                "LoadState=loaded,ActiveState=failed,SubState=failed,Result=exit-code | TROUBLE | exit-code",
                "LoadState=loaded,ActiveState=activating,SubState=auto-restart,NRestarts=4 | TROUBLE | again and again",
            })
    void what_systemd_says_of_the_service_is_put_into_words(
            String said, Verdict verdict, String says) {
        var unit = new java.util.HashMap<String, String>();
        for (var it : said.split(",")) unit.put(it.split("=")[0], it.split("=")[1]);

        assertThat(UnitCheck.words(unit).verdict()).isEqualTo(verdict);
        assertThat(UnitCheck.words(unit).found()).contains(says);
    }

    @Test
    void an_ssh_key_is_told_with_its_kind_and_one_that_is_no_use_is_a_trouble() throws Exception {
        var file = folder.resolve("key");
        var pair = SecurityUtils.getKeyPairGenerator("EC");
        pair.initialize(256);
        try (var out = Files.newOutputStream(file)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(
                    pair.generateKeyPair(), "test", null, out);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        var check = new SshKeyCheck("platform", file);
        assertThat(check.look()).isEqualTo(Finding.fine(file + ", ecdsa-sha2-nistp256"));

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(check.look().wayOut()).contains("chmod o-rwx " + file);

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        var locked = new OpenSSHKeyEncryptionContext();
        locked.setCipherType("256");
        locked.setPassword("hunter2");
        try (var out = Files.newOutputStream(file)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(
                    pair.generateKeyPair(), "test", locked, out);
        }
        assertThat(check.look().found()).contains("has a passphrase");

        Files.writeString(file, "ssh-ed25519 AAAA ada@example.org");
        assertThat(check.look().found()).contains("holds no private key");
        Files.delete(file);
        assertThat(check.look().found()).contains("there is no file");
    }

    @Test
    void whoever_is_to_be_notified_is_only_connected_to_and_the_url_is_not_told()
            throws IOException {
        try (var there = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var open = notification("http://127.0.0.1:%d/hunter2".formatted(there.getLocalPort()));
            assertThat(open.verdict()).isEqualTo(Verdict.FINE);
            assertThat(open.found()).doesNotContain("hunter2");
        }
        var closed = notification("http://127.0.0.1:1/hunter2");
        assertThat(closed.verdict()).isEqualTo(Verdict.TROUBLE);
        assertThat(closed.toString()).doesNotContain("hunter2");
        assertThat(notification("http://nowhere.invalid/hunter2").found())
                .contains("the host nowhere.invalid is not known");
        assertThat(notification("hunter2 hunter2").toString()).doesNotContain("hunter2");
    }

    private static Finding notification(String url) throws IOException {
        return new NotificationCheck(
                        new NotificationSettings(
                                "ops",
                                new Medium.Webhook(
                                        new Url(
                                                Optional.of(Secret.of(url)),
                                                Optional.empty(),
                                                true),
                                        Optional.empty()),
                                Set.of(),
                                "*/*",
                                Optional.empty(),
                                Optional.empty(),
                                Duration.ofHours(24)))
                .look();
    }

    @Test
    void what_the_machine_offers_to_a_provider_is_told() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = taken.getLocalPort();
            var checks =
                    LocalChecks.of(
                            "here",
                            new ProviderSettings.Local(
                                    port, port, Optional.empty(), true, Optional.empty()),
                            state);

            assertThat(checks)
                    .extracting(Check::subject)
                    .containsExactly("user of here", "ports of here", "programs of here");
            assertThat(checks.get(1).look().found()).isEqualTo("0 of the first 1 are free");
            assertThat(checks.get(1).look().verdict()).isEqualTo(Verdict.TROUBLE);
            assertThat(checks.get(2).look().found()).contains("postgresql");
        }
    }

    private Store store() {
        return Store.open(
                state.resolve("assent.db"),
                SecretKeyFile.readOrCreate(state.resolve("secret.key")),
                InstantSource.system());
    }

    private Premises premises() {
        return premises("LANG", "C");
    }

    private Premises premises(String variable, String value) {
        var text = "repositories: [{name: a, url: 'https://git.example.org/a.git'}]";
        return new Premises(
                folder.resolve("assent.yml"),
                new ConfigurationReader().check("assent.yml", text.getBytes(UTF_8), Map.of()),
                state,
                run,
                Map.of(variable, value));
    }

    private static java.nio.file.attribute.FileAttribute<?> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
