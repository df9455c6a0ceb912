package dev.assent.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.KnownSecrets;
import dev.assent.model.Secret;
import java.net.URLEncoder;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    private static final String AWKWARD = "k%ä/ \"n+d=#7";

    @Test
    void a_secret_is_known_from_the_moment_that_it_exists() {
        var password = Secret.generate(new SecureRandom()).reveal();

        assertThat(Redaction.of("as " + password + ", and " + password))
                .isEqualTo("as [secret], and [secret]");
        assertThat(Redaction.of("as " + password.substring(0, 20))).doesNotContain("[secret]");
    }

    static Stream<String> secrets() {
        return Stream.of("plain-and-simple", AWKWARD, "Grüße aus Übersee", "sixsix", "two words");
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void a_secret_is_found_as_it_stands_in_other_texts(String text) {
        Secret.of(text);

        assertThat(Redaction.of(">" + text + "<")).isEqualTo(">[secret]<");
        assertThat(Redaction.of("GET /?t=" + URLEncoder.encode(text, UTF_8) + "&x"))
                .contains("[secret]")
                .doesNotContain(URLEncoder.encode(text, UTF_8));
        for (var before : Stream.of("", "a", "ab", "abc", "someone:").toList()) {
            var bytes = (before + text + "x").getBytes(UTF_8);
            for (var base64 :
                    Stream.of(
                                    Base64.getEncoder(),
                                    Base64.getUrlEncoder(),
                                    Base64.getUrlEncoder().withoutPadding())
                            .toList()) {
                assertThat(Redaction.of("it is " + base64.encodeToString(bytes) + " then"))
                        .isEqualTo("it is [secret] then");
            }
        }
        var quoted = text.replace("\"", "\\\"");
        assertThat(Redaction.of("{\"x\":\"" + quoted + "\"}"))
                .doesNotContain(quoted)
                .contains("[secret]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connecting to mysql://root:~~~~@db.example.org:3306/shop",
                "see https://:~~~~@git.example.org/x.git",
                "Authorization: Basic ~~~~~~",
                "authorization: Bearer ~~~~~~",
                "\"PRIVATE-TOKEN\" : ~~~~~~",
                "x-gitlab-token: ~~~~~~",
                "x-hub-signature: ~~~~",
                "headers Bearer ~~~~~~~~~~~~~~~~~~~~",
                "MYSQL_PASSWORD=~~~~ and more",
                "{\"password\": \"~~ ~~\", \"user\": \"shop\"}",
                "ALTER ROLE shop WITH LOGIN PASSWORD '~~''~~'",
                "client_secret=~~~~&code=1",
                "sslpassword='~~ ~~'",
                "asn_~~~~~~~~~~~~~~~~~~~~",
                "ghp_~~~~~~~~~~~~~~~~~~~~",
                "github_pat_~~~~~~~~~~~~~~~~~~~~",
                "glpat-~~~~~~~~~~~~~~~~~~~~",
                "-----BEGIN RSA PRIVATE KEY-----\n~~~~\n~~~~\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\n~~~~\n~~~~",
                "eyJ~~~~~~~~~~.~~~~~~~~~~~~.~~~~~"
            })
    void what_looks_like_a_secret_is_hidden_though_nobody_knows_it(String line) {
        var safe = Redaction.of(line.replace("~~~~", "Z9z8").replace("~~", "Zz"));

        assertThat(safe).contains("[secret]").doesNotContain("Z9z8").doesNotContain("Zz");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop/production: p-1234abcd is proposed: 1 to add; to review it: assent show p-1234abcd",
                "Repository `platform` (ssh://git@git.example.org/platform.git): reading failed",
                "reading its token file /etc/assent/token failed: there is no such file. Check the path.",
                "assent listens at http://127.0.0.1:27736",
                "apps/shop/manifest.yml:7:1  ASN1104  a tab is used for indentation",
                "the signature of c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00 is not known",
                "postgresql/default: 100% of C:\\temp\\x",
                "Basic authentication is refused",
                "token_file: /run/credentials/git"
            })
    void an_ordinary_line_stays_as_it_is(String line) {
        assertThat(Redaction.of(line)).isEqualTo(line);
    }

    @Test
    void ten_thousand_groups_secrets_are_known_in_little_room_and_found_quickly() {
        var random = new SecureRandom();
        var secrets = IntStream.range(0, 30_000).mapToObj(_ -> Secret.generate(random)).toList();
        var line = "a line of some length about shop/production and postgresql/default ".repeat(4);

        var begin = System.nanoTime();
        for (var i = 0; i < 1000; i++) assertThat(Redaction.of(line)).isEqualTo(line);
        var took = Duration.ofNanos(System.nanoTime() - begin);

        assertThat(secrets).allSatisfy(it -> assertThat(KnownSecrets.areIn(it.reveal())).isTrue());
        assertThat(took).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void a_password_in_sql_is_hidden_however_long_it_is_and_where_it_has_no_end() {
        var password = "Z9''z8".repeat(4_000);

        assertThat(Redaction.of("ROLE shop PASSWORD '" + password + "' LOGIN"))
                .isEqualTo("ROLE shop PASSWORD '[secret]' LOGIN");
        assertThat(Redaction.of("ROLE shop PASSWORD '" + password))
                .isEqualTo("ROLE shop PASSWORD '[secret]'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "a.",
                "%41",
                "\\a",
                "://a:",
                "x-a",
                "eyJ",
                "eyJaaaaaaaa-",
                "password '",
                "-----BEGIN "
            })
    void no_text_takes_long(String part) {
        var text = part.repeat(100_000 / part.length());

        var begin = System.nanoTime();
        Redaction.of(text);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    }
}
