package dev.assent.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.approval.Channel;
import dev.assent.approval.Speaker;
import dev.assent.reconcile.Yes;
import dev.assent.state.Recognised;
import dev.assent.state.TokenScope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tokens that are made here: how they come about, and who speaks with them.
class TokenRoutesTest {

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
    void a_token_is_told_once_and_listed_without_its_text() throws Exception {
        var made =
                door.post(
                        "/api/v1/tokens",
                        """
                        {"name": "laptop", "person": "ada", "scope": "approve", "expires": "12h"}\
                        """,
                        "Assent-User",
                        "grace");

        assertThat(made.statusCode()).isEqualTo(200);
        assertThat(Door.json(made).path("token").asString()).isEqualTo("asn_secret-of-laptop");
        assertThat(Door.json(made).at("/summary/createdBy").asString()).isEqualTo("grace");
        assertThat(door.desk.tokens.getFirst().expiresAt())
                .isEqualTo(FakeDesk.NOW.plus(Duration.ofHours(12)));
        var listed = door.get("/api/v1/tokens");
        assertThat(Door.json(listed).at("/tokens/0/person").asString()).isEqualTo("ada");
        assertThat(listed.body()).doesNotContain("secret-of");

        assertThat(door.delete("/api/v1/tokens/laptop").statusCode()).isEqualTo(200);
        assertThat(door.delete("/api/v1/tokens/laptop").statusCode()).isEqualTo(404);
        assertThat(door.desk.tokens).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'person': 'ada', 'scope': 'read'}                                    | `name` is missing",
                "{'name': 'a b', 'person': 'ada', 'scope': 'read'}                     | `name` is missing or not a name",
                "{'name': 'a', 'scope': 'read'}                                        | `person` is missing",
                "{'name': 'a', 'person': 'admin', 'scope': 'read'}                     | `admin` is no person",
                "{'name': 'a', 'person': 'github:ada', 'scope': 'read'}                | `person` is missing or not a name",
                "{'name': 'a', 'person': 'ada'}                                        | `scope` is missing",
                "{'name': 'a', 'person': 'ada', 'scope': 'root'}                       | `scope` is missing or none that there is",
                "{'name': 'a', 'person': 'ada', 'scope': 'read', 'expires': 'never'}   | `expires` is not a time",
                "{'name': 'a', 'person': 'ada', 'scope': 'read', 'expires': '367d'}    | `expires` is not a time",
                "{'name': 'a', 'person': 'ada', 'scope': 'read', 'expires': '0d'}      | `expires` is not a time",
                "{'name': 'a', 'person': 'ada', 'scope': 'read', 'groups': ['dba']}    | the body is not what this question takes",
            },
            quoteCharacter = '~')
    void what_is_wrong_with_a_question_is_said_and_nothing_is_made(String body, String says)
            throws Exception {
        var answer = door.post("/api/v1/tokens", body.replace('\'', '"'));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Door.error(answer)).startsWith(says);
        assertThat(door.desk.tokens).isEmpty();
    }

    @Test
    void a_token_speaks_for_its_person_whatever_name_the_request_gives() throws Exception {
        var plan = FakeDesk.waiting();
        door.desk.plans.add(plan);
        var token = door.desk.token("laptop", "ada", TokenScope.APPROVE);

        door.bearing(
                token,
                "POST",
                "/api/v1/plans/" + plan.id() + "/approve",
                "Assent-User",
                "grace",
                "User-Agent",
                "assent-cli/1");

        assertThat(door.desk.yeses)
                .extracting(Yes::speaker)
                .satisfiesExactly(it -> {
                    assertThat(it.who()).isEqualTo("ada");
                    assertThat(it.person()).isEqualTo("ada");
                    assertThat(it.groups()).containsExactly("token-approve");
                    assertThat(it.channel()).isEqualTo(Channel.CLI);
                });
    }

    @Test
    void the_admin_token_is_nobody_but_admin_for_policies() throws Exception {
        var plan = FakeDesk.waiting();
        door.desk.plans.add(plan);

        door.post("/api/v1/plans/" + plan.id() + "/approve", "{}", "Assent-User", "ada");

        assertThat(door.desk.yeses)
                .extracting(Yes::speaker)
                .containsExactly(Speaker.admin("ada", Channel.API));
    }

    @Test
    void a_token_whose_time_is_over_is_refused_with_a_sentence_that_says_so() throws Exception {
        var at = Instant.parse("2026-11-01T12:00:00.5Z");
        door.desk.recognised.put("asn_old", new Recognised.Expired("laptop", at));
        door.desk.recognised.put("asn_gone", new Recognised.Revoked("phone", at));

        var expired = door.bearing("asn_old", "GET", "/api/v1/status");
        var revoked = door.bearing("asn_gone", "GET", "/api/v1/status");
        var unknown = door.bearing("asn_none", "GET", "/api/v1/status");

        assertThat(expired.statusCode()).isEqualTo(401);
        assertThat(Door.error(expired))
                .isEqualTo("the token `laptop` has expired, on 2026-11-01T12:00:00Z");
        assertThat(revoked.statusCode()).isEqualTo(401);
        assertThat(Door.error(revoked))
                .isEqualTo("the token `phone` was revoked, on 2026-11-01T12:00:00Z");
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(Door.error(unknown)).isEqualTo("the token is not this daemon's");
    }
}
