package dev.assent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.http.Door;
import dev.assent.state.Recognised;
import dev.assent.state.TokenScope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// token create, token list, token revoke, and what a token is good for in other commands.
class TokenCommandTest {

    @TempDir Path runFolder;
    private Door door;

    @BeforeEach
    void open() throws Exception {
        door = new Door(runFolder);
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void a_token_is_printed_alone_and_the_rest_is_said_on_the_side() {
        var typed =
                Typed.at(
                        door,
                        "token",
                        "create",
                        "laptop",
                        "--person=ada",
                        "--scope=approve",
                        "--expires=30d");

        assertThat(typed.code()).isZero();
        assertThat(typed.out()).isEqualTo("asn_secret-of-laptop\n");
        assertThat(typed.err())
                .isEqualTo(
                        "assent: ada may approve with it until 2026-12-23T12:00:00Z; keep it now, it is not shown again\n");
        assertThat(door.desk.tokens)
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.scope()).isEqualTo(TokenScope.APPROVE);
                    assertThat(it.createdBy()).isEqualTo("ada");
                });
    }

    @Test
    void tokens_are_listed_and_revoked_by_name() {
        door.desk.token("laptop", "ada", TokenScope.READ);
        door.desk.createToken("ci", "robot", TokenScope.REQUEST, Duration.ZERO, "admin");

        var listed = Typed.at(door, "token", "list");
        var json = Typed.at(door, "token", "list", "--format=json");
        var revoked = Typed.at(door, "token", "revoke", "laptop");
        var again = Typed.at(door, "token", "revoke", "laptop");
        Typed.at(door, "token", "revoke", "ci");

        assertThat(listed.out())
                .isEqualTo(
                        """
                        NAME    PERSON  SCOPE    EXPIRES                      LAST USED
                        laptop  ada     read     2026-11-24T12:00:00Z         never
                        ci      robot   request  2026-11-23T12:00:00Z (over)  never
                        """);
        assertThat(json.out()).contains("\"name\" : \"laptop\"").doesNotContain("secret-of");
        assertThat(revoked.out()).isEqualTo("Revoked laptop of ada.\n");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("there is no token `laptop`", "assent token list");
        assertThat(Typed.at(door, "token", "list").out()).isEqualTo("There are no tokens.\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "token                                                   | 2 | say which: token create, token list or token revoke",
                "token create laptop --person=ada                        | 2 | missing required option: '--scope=SCOPE'",
                "token create laptop --scope=read                        | 2 | missing required option: '--person=PERSON'",
                "token create laptop --person=ada --scope=root           | 2 | `root` is no SCOPE; it can be",
                "token create laptop --person=ada --scope=read --expires=never | 1 | `expires` is not a time",
                "token create laptop --person=admin --scope=read         | 1 | `admin` is no person",
            })
    void what_is_missing_or_wrong_is_said(String line, int code, String says) {
        var typed = Typed.at(door, line.strip().split(" +"));

        assertThat(typed.code()).isEqualTo(code);
        assertThat(typed.err()).startsWith("assent: " + says);
        assertThat(typed.out()).isEmpty();
    }

    @Test
    void a_token_that_is_not_enough_is_a_no_that_says_what_is_missing() {
        var token = door.desk.token("laptop", "ada", TokenScope.READ);
        var variables = Map.of("ASSENT_RUN", door.runFolder.toString(), "ASSENT_TOKEN", token);

        var status = Typed.run(false, variables, "status");
        var created =
                Typed.run(
                        false, variables, "token", "create", "x", "--person=ada", "--scope=admin");

        assertThat(status.code()).isZero();
        assertThat(created.code()).isEqualTo(1);
        assertThat(created.err())
                .contains("this needs the scope `admin`, and the token `laptop` has `read`")
                .doesNotContain(token);
    }

    @Test
    void an_expired_token_says_so(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("token"), "asn_old\n");
        door.desk.recognised.put(
                "asn_old", new Recognised.Expired("laptop", Instant.parse("2026-11-01T12:00:00Z")));

        var typed =
                Typed.run(
                        false,
                        Map.of(
                                "ASSENT_RUN",
                                door.runFolder.toString(),
                                "ASSENT_TOKEN_FILE",
                                file.toString()),
                        "status");

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err())
                .contains("the token `laptop` has expired, on 2026-11-01T12:00:00Z")
                .doesNotContain("asn_old");
    }

    @Test
    void help_shows_the_scopes() {
        assertThat(Typed.at(door, "token", "create", "--help").out())
                .contains("approve, reject and apply plans", "--expires=TIME");
        assertThat(Typed.at(door, "--help").out()).contains("token ");
    }
}
