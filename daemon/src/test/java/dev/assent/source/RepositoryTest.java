package dev.assent.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryTest {

    private static final Optional<Path> FILE = Optional.of(Path.of("token"));
    private static final Optional<Path> NONE = Optional.empty();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///srv/git/platform.git",
                "file:///srv/with a blank/platform",
                "https://git.example.org/platform.git",
                "http://localhost:3000/team/platform",
                "HTTPS://git.example.org/platform",
                "ssh://git@git.example.org/platform.git",
                "ssh://git.example.org:2222/platform.git",
                "ssh://git@[::1]:2222/platform.git"
            })
    void the_usual_urls_are_taken(String url) {
        assertThatCode(() -> repository("platform", url, "main", NONE, NONE))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://me:s3cret@git.example.org/platform.git",
                "https://:s3cret@git.example.org/platform.git",
                "https://me:s3c@s3cret@git.example.org/platform.git",
                "ssh://git:s3cret@git.example.org/platform.git",
                "ftp://me:s3cret@git.example.org/platform.git",
                "file://me:s3cret@host/platform.git"
            })
    void a_url_with_a_password_is_refused_without_repeating_it(String url) {
        assertThatThrownBy(() -> repository("platform", url, "main", FILE, NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not hold a password")
                .hasMessageContaining("token_file")
                .hasMessageNotContaining("s3cret")
                .hasMessageNotContaining("s3c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://s3cret@git.example.org/platform.git",
                "https://git.example.org/p?private_token=s3cret@x",
                "s3cret@git.example.org",
                "me:s3cret@git.example.org:platform.git",
                "git://s3cret@git.example.org/platform.git",
                "https://me:s3cr#et@git.example.org/"
            })
    void what_may_be_a_secret_in_the_wrong_place_is_not_repeated(String url) {
        assertThatThrownBy(() -> repository("platform", url, "main", NONE, NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cr");
    }

    @ParameterizedTest
    @CsvSource({
        "git@github.com:acme/platform.git, write it as `ssh://git@github.com/acme/platform.git`",
        "/srv/git/platform.git, write it as `file:///srv/git/platform.git`",
        "platform.git, write it as",
        "git://git.example.org/x, write it as",
        "ext::sh -c id, write it as",
        "file://srv/git, file:///folder/name.git",
        "https:///platform.git, ",
        "https://git.example.org/x?y=1, leave out"
    })
    void another_url_is_refused_with_the_right_spelling(String url, String remedy) {
        assertThatThrownBy(() -> repository("platform", url, "main", NONE, NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(remedy == null ? "" : remedy);
    }

    @Test
    void a_user_alone_is_of_use_only_with_a_token() {
        var url = "https://robot@git.example.org/platform.git";

        assertThatThrownBy(() -> repository("platform", url, "main", NONE, NONE))
                .hasMessageContaining("token_file")
                .hasMessageNotContaining("robot");
        assertThatCode(() -> repository("platform", url, "main", FILE, NONE))
                .doesNotThrowAnyException();
    }

    @Test
    void credentials_fit_the_kind_of_url() {
        assertThatThrownBy(() -> repository("p", "ssh://git@host/p", "main", FILE, NONE))
                .hasMessageContaining("`token_file` is for `https://`");
        assertThatThrownBy(() -> repository("p", "https://host/p", "main", NONE, FILE))
                .hasMessageContaining("`ssh_key` is for `ssh://`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "../x", ".hidden", "a b", "-x", "a\nb"})
    void a_name_is_a_file_name(String name) {
        assertThatThrownBy(() -> repository(name, "file:///x", "main", NONE, NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("can't name a repository");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a..b", "a b", "x.lock", "/main", "main/", "a:b", "a*b", "a\nb"})
    void a_branch_has_a_name_that_git_allows(String branch) {
        assertThatThrownBy(() -> repository("p", "file:///x", branch, NONE, NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no branch's name");
    }

    @Test
    void without_a_place_for_manifests_nothing_could_be_read() {
        assertThatThrownBy(() ->
                        new Repository(
                                "p",
                                "file:///x",
                                "main",
                                List.of(),
                                List.of("production"),
                                Duration.ofSeconds(30)))
                .hasMessageContaining("names no place");
    }

    @Test
    void the_fingerprint_tells_what_decides_over_reading() {
        var one = repository("p", "https://host/p", "main", NONE, NONE);

        assertThat(one.fingerprint())
                .isEqualTo(repository("p", "https://host/p", "main", FILE, NONE).fingerprint())
                .isNotEqualTo(repository("p", "https://host/p", "next", NONE, NONE).fingerprint());
    }

    private static Repository repository(
            String name,
            String url,
            String branch,
            Optional<Path> tokenFile,
            Optional<Path> sshKey) {
        return new Repository(
                name,
                url,
                branch,
                List.of(new ManifestPattern("{app}.yml")),
                List.of("production"),
                Duration.ofSeconds(30),
                tokenFile,
                sshKey);
    }
}
