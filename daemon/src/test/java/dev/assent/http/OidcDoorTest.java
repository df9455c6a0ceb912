package dev.assent.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.configuration.OidcSettings;
import dev.assent.http.oidc.OidcIssuer;
import dev.assent.reconcile.Yes;
import dev.assent.state.TokenScope;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// People with a token of an OpenID Connect issuer, at the door.
class OidcDoorTest {

    @TempDir Path runFolder;
    private Issuer issuer;
    private OidcIssuer oidc;
    private Door door;

    @BeforeEach
    void open() throws Exception {
        issuer = new Issuer();
        oidc =
                new OidcIssuer(
                        new OidcSettings(
                                issuer.uri(),
                                Issuer.AUDIENCE,
                                Optional.empty(),
                                "groups",
                                Map.of("dba", TokenScope.APPROVE)),
                        _ -> Optional.empty(),
                        () -> Issuer.NOW);
        door =
                new Door(
                        runFolder,
                        new FakeDesk(),
                        new Listen("127.0.0.1", 0),
                        Optional.of(oidc),
                        Webhooks.NONE);
    }

    @AfterEach
    void close() {
        door.close();
        oidc.close();
        issuer.close();
    }

    @Test
    void the_issuers_token_approves_as_its_holder_and_makes_no_tokens() throws Exception {
        var plan = FakeDesk.waiting();
        door.desk.plans.add(plan);

        var approved =
                door.bearing(
                        issuer.token(),
                        "POST",
                        "/api/v1/plans/" + plan.id() + "/approve",
                        "Assent-User",
                        "grace");
        var tokens = door.bearing(issuer.token(), "GET", "/api/v1/tokens");

        assertThat(approved.statusCode()).isEqualTo(200);
        assertThat(door.desk.yeses)
                .extracting(Yes::speaker)
                .satisfiesExactly(it -> {
                    assertThat(it.person()).isEqualTo("oidc:ada@example.org");
                    assertThat(it.groups())
                            .containsExactly("oidc:dba", "oidc:staff", "token-approve");
                });
        assertThat(tokens.statusCode()).isEqualTo(403);
        assertThat(Door.error(tokens))
                .isEqualTo("this needs the scope `admin`, and oidc:ada@example.org has `approve`");
    }

    @Test
    void who_is_in_no_group_with_a_scope_may_not_even_look() throws Exception {
        var token = issuer.token(it -> it.claim("groups", Collections.emptyList()));

        var answer = door.bearing(token, "GET", "/api/v1/status");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(Door.error(answer)).contains("has none: no group of theirs is in `oidc.scopes`");
    }

    @Test
    void a_token_that_does_not_count_is_401_and_an_issuer_that_is_down_503() throws Exception {
        var forged = issuer.signed(Issuer.FORGED, it -> it);
        assertThat(door.bearing(forged, "GET", "/api/v1/status").statusCode()).isEqualTo(401);

        issuer.rotate();
        var token = issuer.token();
        issuer.close();
        var down = door.bearing(token, "GET", "/api/v1/status");

        assertThat(down.statusCode()).isEqualTo(503);
        assertThat(Door.error(down)).contains("nobody who signs in with OpenID Connect");
        assertThat(door.get("/api/v1/status").statusCode()).isEqualTo(200);
    }

    @Test
    void a_token_with_many_groups_fits_and_a_huge_one_is_refused_before_it_is_read()
            throws Exception {
        var many = IntStream.range(0, 500).mapToObj(it -> "department-" + it).toList();
        var long_ = issuer.token(it -> it.claim("groups", many));
        assertThat(long_.length()).isGreaterThan(8 * 1024);

        assertThat(door.bearing(long_, "GET", "/api/v1/status").statusCode()).isEqualTo(403);
        assertThat(door.bearing("a.".repeat(100_000), "GET", "/api/v1/status").statusCode())
                .isEqualTo(431);
    }

    @Test
    void where_no_issuer_is_configured_its_tokens_are_none(@TempDir Path other) throws Exception {
        try (var plain = new Door(other)) {
            assertThat(plain.bearing(issuer.token(), "GET", "/api/v1/status").statusCode())
                    .isEqualTo(401);
            assertThat(issuer.fetched).hasValue(0);
        }
    }
}
