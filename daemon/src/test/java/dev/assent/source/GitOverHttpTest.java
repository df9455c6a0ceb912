package dev.assent.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assent.source.Poll.Moved;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GitOverHttpTest {

    private static final String SECRET = "canary-7f3a9";

    @TempDir Path folder;
    private Origin origin;
    private WebServer server;
    private GitSource source;

    @BeforeEach
    void start() throws Exception {
        origin = Origin.in(folder.resolve("platform.git"));
        server = new WebServer(folder);
        source = new GitSource(folder.resolve("mirrors"), Duration.ofSeconds(2));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void while_nothing_moves_one_look_is_all_that_the_server_sees() {
        var head = origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        source.poll(repository(), Optional.empty());
        server.requests();

        var poll = source.poll(repository(), Optional.of(head));

        assertThat(poll).isInstanceOf(Poll.Unchanged.class);
        // In protocol 2 listing a branch is a request of its own; a fetch would be two more.
        assertThat(server.requests())
                .containsExactly(
                        "GET /platform.git/info/refs", "POST /platform.git/git-upload-pack");
    }

    @Test
    void a_moved_branch_is_fetched() {
        var last = origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        source.poll(repository(), Optional.empty());
        origin.file("apps/shop/manifest.yml", "shop: 2").commit();

        var poll = source.poll(repository(), Optional.of(last));

        assertThat(texts(poll)).containsExactly("shop: 2");
    }

    @Test
    void an_empty_repository_and_a_missing_branch_are_told_apart() {
        var empty = source.poll(repository(), Optional.empty());
        origin.file("apps/shop/manifest.yml", "shop: 1").commit("other", Optional.empty());
        var without = source.poll(repository(), Optional.empty());

        assertThat(empty).isInstanceOf(Poll.Empty.class);
        assertThat(without).isInstanceOf(Poll.BranchGone.class);
    }

    @Test
    void a_token_signs_in() throws IOException {
        origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        server.demand("x-access-token", SECRET);

        var poll = source.poll(repository(token(SECRET + "\n")), Optional.empty());

        assertThat(texts(poll)).containsExactly("shop: 1");
        assertThat(everythingBelow(folder.resolve("mirrors"))).doesNotContain(SECRET);
    }

    @Test
    void the_user_that_the_url_names_signs_in() throws IOException {
        origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        server.demand("robot", SECRET);
        var url = server.url().replace("http://", "http://robot@") + "/platform.git";

        var poll = source.poll(repository(url, Optional.of(token(SECRET))), Optional.empty());

        assertThat(texts(poll)).containsExactly("shop: 1");
    }

    @Test
    void a_new_token_counts_at_once() throws IOException {
        origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        server.demand("x-access-token", "new");
        var repository = repository(token("old"));

        assertThatThrownBy(() -> source.poll(repository, Optional.empty()))
                .isInstanceOf(SourceException.class);
        token("new");

        assertThat(texts(source.poll(repository, Optional.empty()))).containsExactly("shop: 1");
    }

    @Test
    void a_wrong_token_is_refused_and_never_shown() throws IOException {
        server.demand("x-access-token", "right");
        var token = token(SECRET);

        var refused =
                catchThrowableOfType(
                        SourceException.class,
                        () -> source.poll(repository(token), Optional.empty()));

        assertThat(refused)
                .hasMessageContaining("Repository `platform` (" + server.url())
                .hasMessageContaining("does not accept the token in " + token)
                .hasMessageContaining("Put a valid one");
        assertThat(whole(refused)).doesNotContain(SECRET);
        assertThat(repository(token).toString()).doesNotContain(SECRET);
        // Once is enough: some servers lock out who tries again and again.
        assertThat(server.credentials()).hasSize(1);
    }

    @Test
    void a_missing_token_is_asked_for() {
        server.demand("x-access-token", "right");

        assertThatThrownBy(() -> source.poll(repository(), Optional.empty()))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("the server wants to know who asks")
                .hasMessageContaining("`token_file`");
    }

    @Test
    void a_token_file_that_is_missing_or_empty_is_named() throws IOException {
        var missing = repository(folder.resolve("none"));
        var empty = repository(token(" \n"));

        assertThatThrownBy(() -> source.poll(missing, Optional.empty()))
                .hasMessageContaining("Repository `platform`")
                .hasMessageContaining(folder.resolve("none") + " failed: there is no such file");
        assertThatThrownBy(() -> source.poll(empty, Optional.empty()))
                .hasMessageContaining("it is empty");
    }

    @Test
    void a_token_is_not_carried_to_another_server() throws Exception {
        origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        server.demand("x-access-token", SECRET);
        var token = token(SECRET);
        source.poll(repository(token), Optional.empty());
        try (var thief = new WebServer(folder)) {
            thief.demand("x-access-token", SECRET);
            server.redirectTo(thief.url());

            assertThatThrownBy(() -> source.poll(repository(token), Optional.empty()))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("redirects to " + thief.url())
                    .hasMessageContaining("a token is not taken to another server");
            assertThat(thief.requests()).isEmpty();
        }
    }

    @Test
    void without_a_token_a_redirect_is_followed() throws Exception {
        origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        try (var other = new WebServer(folder)) {
            server.redirectTo(other.url());

            assertThat(texts(source.poll(repository(), Optional.empty())))
                    .containsExactly("shop: 1");
        }
    }

    @Test
    void a_repository_that_the_server_does_not_have_is_told() {
        var missing = repository(server.url() + "/none.git", Optional.empty());

        assertThatThrownBy(() -> source.poll(missing, Optional.empty()))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("there is no Git repository");
    }

    @Test
    void a_first_fetch_that_breaks_off_leaves_nothing_behind() throws IOException {
        origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        server.failAfter(4);

        assertThatThrownBy(() -> source.poll(repository(), Optional.empty()))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("fetching branch `main`");
        assertThat(folder.resolve("mirrors")).isEmptyDirectory();

        server.failAfter(Integer.MAX_VALUE);
        assertThat(texts(source.poll(repository(), Optional.empty()))).containsExactly("shop: 1");
    }

    @Test
    void a_later_fetch_that_breaks_off_keeps_what_was_there() {
        var last = origin.file("apps/shop/manifest.yml", "shop: 1").commit();
        source.poll(repository(), Optional.empty());
        origin.file("apps/shop/manifest.yml", "shop: 2").commit();
        server.failAfter(4);

        assertThatThrownBy(() -> source.poll(repository(), Optional.of(last)))
                .isInstanceOf(SourceException.class);

        assertThat(source.read(repository(), last, "shop", "apps/shop/manifest.yml")).isPresent();
        server.failAfter(Integer.MAX_VALUE);
        var poll = source.poll(repository(), Optional.of(last));
        assertThat(texts(poll)).containsExactly("shop: 2");
    }

    @Test
    void a_server_that_is_down_is_told() {
        var repository = repository();
        server.close();

        assertThatThrownBy(() -> source.poll(repository, Optional.empty()))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("no connection: Connection refused")
                .hasMessageContaining("Check the URL");
    }

    @Test
    void a_server_that_never_answers_is_given_up() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var url = "http://127.0.0.1:" + silent.getLocalPort() + "/platform.git";

            assertThatThrownBy(
                            () -> source.poll(repository(url, Optional.empty()), Optional.empty()))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("did not answer in time");
        }
    }

    private Repository repository() {
        return repository(server.url() + "/platform.git", Optional.empty());
    }

    private Repository repository(Path token) {
        return repository(server.url() + "/platform.git", Optional.of(token));
    }

    private static Repository repository(String url, Optional<Path> token) {
        return new Repository(
                "platform",
                url,
                "main",
                List.of(new ManifestPattern("apps/{app}/manifest.yml")),
                List.of("production"),
                Duration.ofSeconds(30),
                token,
                Optional.empty());
    }

    private Path token(String content) throws IOException {
        return Files.writeString(folder.resolve("token"), content);
    }

    private static List<String> texts(Poll poll) {
        return ((Moved) poll).changed().stream().map(it -> new String(it.bytes(), UTF_8)).toList();
    }

    private static String whole(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static String everythingBelow(Path folder) throws IOException {
        var text = new StringBuilder();
        try (var files = Files.walk(folder)) {
            for (var it : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(it, ISO_8859_1));
            }
        }
        return text.toString();
    }
}
