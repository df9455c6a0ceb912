package dev.assent.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.source.Poll.Moved;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class GitOverSshTest {

    private static final String PASSPHRASE = "canary-5b1d0";

    @TempDir Path folder;
    private Path home;
    private Origin origin;
    private KeyPair client;
    private SecureShellServer server;
    private GitSource source;

    @BeforeEach
    void start() throws Exception {
        home = Files.createDirectory(folder.resolve("ssh"));
        origin = Origin.in(folder.resolve("platform.git"));
        origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        client = key("EC", 256);
        server = new SecureShellServer(key("EC", 256), client);
        source = new GitSource(folder.resolve("mirrors"), Duration.ofSeconds(5), home);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void the_users_own_key_signs_in_to_a_known_host() throws Exception {
        write(client, home.resolve("id_ecdsa"));
        Files.writeString(home.resolve("known_hosts"), server.knownHost());

        assertThat(texts(source.poll(repository(), Optional.empty()))).containsExactly("shop: 1");
    }

    @ParameterizedTest
    @CsvSource({"EC, 521", "RSA, 3072", "EdDSA, 256"})
    void a_configured_key_of_any_usual_kind_signs_in(String kind, int size) throws Exception {
        var key = key(kind, size);
        try (var strict = new SecureShellServer(key(kind, size), key)) {
            var file = write(key, folder.resolve("deploy"));
            Files.writeString(folder.resolve("known_hosts"), strict.knownHost());
            var repository = repository(strict.url(origin.folder()), Optional.of(file));

            var poll = source.poll(repository, Optional.empty());
            var head = origin.file("apps/shop/manifest.yml", "shop: 2").commit();
            var next = source.poll(repository, Optional.of(((Moved) poll).head()));

            assertThat(texts(poll)).containsExactly("shop: 1");
            assertThat(texts(next)).containsExactly("shop: 2");
            assertThat(((Moved) next).head()).isEqualTo(head);
        }
    }

    @Test
    void a_host_that_is_not_known_is_refused_and_not_learned() throws Exception {
        write(client, home.resolve("id_ecdsa"));

        assertThatThrownBy(() -> source.poll(repository(), Optional.empty()))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Repository `platform` (ssh://git@127.0.0.1")
                .hasMessageContaining("`known_hosts`")
                .hasMessageContaining("ssh-keyscan");
        assertThat(home.resolve("known_hosts")).doesNotExist();
    }

    @Test
    void a_host_whose_key_is_another_is_refused() throws Exception {
        write(client, home.resolve("id_ecdsa"));
        var port = server.knownHost().substring(0, server.knownHost().indexOf(' '));
        try (var impostor = new SecureShellServer(key("EC", 256), client)) {
            var other = impostor.knownHost().replaceFirst("^\\S+", port);
            Files.writeString(home.resolve("known_hosts"), other);

            assertThatThrownBy(() -> source.poll(repository(), Optional.empty()))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("`known_hosts`");
        }
    }

    @Test
    void the_users_ssh_settings_can_not_weaken_that() throws Exception {
        write(client, home.resolve("id_ecdsa"));
        Files.writeString(home.resolve("config"), "Host *\n  StrictHostKeyChecking no\n");

        assertThatThrownBy(() -> source.poll(repository(), Optional.empty()))
                .hasMessageContaining("`known_hosts`");
    }

    @Test
    void a_key_that_the_server_does_not_know_is_told() throws Exception {
        write(key("EC", 256), home.resolve("id_ecdsa"));
        Files.writeString(home.resolve("known_hosts"), server.knownHost());

        assertThatThrownBy(() -> source.poll(repository(), Optional.empty()))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("accepts none of the SSH keys")
                .hasMessageContaining("`ssh_key`");
    }

    @Test
    void without_any_key_it_is_told() throws Exception {
        Files.writeString(home.resolve("known_hosts"), server.knownHost());

        assertThatThrownBy(() -> source.poll(repository(), Optional.empty()))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("accepts none of the SSH keys");
    }

    @Test
    void a_key_with_a_passphrase_asks_nobody() throws Exception {
        var context = new OpenSSHKeyEncryptionContext();
        context.setCipherType("256");
        context.setPassword(PASSPHRASE);
        try (var out = Files.newOutputStream(home.resolve("id_ecdsa"))) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(client, "test", context, out);
        }
        Files.writeString(home.resolve("known_hosts"), server.knownHost());

        assertThatThrownBy(() -> source.poll(repository(), Optional.empty()))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("without a passphrase");
    }

    @Test
    void a_configured_key_that_is_missing_is_named() {
        var missing = folder.resolve("none");
        var repository = repository(server.url(origin.folder()), Optional.of(missing));

        assertThatThrownBy(() -> source.poll(repository, Optional.empty()))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("reading its SSH key " + missing)
                .hasMessageContaining("there is no such file");
    }

    @Test
    void a_repository_that_the_server_does_not_have_is_told() throws Exception {
        write(client, home.resolve("id_ecdsa"));
        Files.writeString(home.resolve("known_hosts"), server.knownHost());
        var repository = repository(server.url(folder.resolve("none.git")), Optional.empty());

        assertThatThrownBy(() -> source.poll(repository, Optional.empty()))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("there is no Git repository");
    }

    @Test
    void a_server_that_never_answers_is_given_up() throws Exception {
        var impatient = new GitSource(folder.resolve("mirrors"), Duration.ofSeconds(1), home);
        write(client, home.resolve("id_ecdsa"));
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var url = "ssh://git@127.0.0.1:" + silent.getLocalPort() + "/platform.git";

            assertThatThrownBy(() ->
                            impatient.poll(repository(url, Optional.empty()), Optional.empty()))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("did not answer in time");
        }
    }

    private Repository repository() {
        return repository(server.url(origin.folder()), Optional.empty());
    }

    private static Repository repository(String url, Optional<Path> key) {
        return new Repository(
                "platform",
                url,
                "main",
                List.of(new ManifestPattern("apps/{app}/manifest.yml")),
                List.of("production"),
                Duration.ofSeconds(30),
                Optional.empty(),
                key);
    }

    private static KeyPair key(String kind, int size) throws GeneralSecurityException {
        var generator = SecurityUtils.getKeyPairGenerator(kind);
        generator.initialize(size);
        return generator.generateKeyPair();
    }

    private static Path write(KeyPair key, Path file) throws IOException, GeneralSecurityException {
        try (var out = Files.newOutputStream(file)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "test", null, out);
        }
        return file;
    }

    private static List<String> texts(Poll poll) {
        return ((Moved) poll).changed().stream().map(it -> new String(it.bytes(), UTF_8)).toList();
    }
}
