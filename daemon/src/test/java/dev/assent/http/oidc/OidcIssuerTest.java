package dev.assent.http.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.assent.configuration.OidcSettings;
import dev.assent.http.Issuer;
import dev.assent.state.TokenScope;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OidcIssuerTest {

    private Issuer issuer;
    private OidcIssuer oidc;

    @BeforeEach
    void open() throws Exception {
        issuer = new Issuer();
        oidc = oidc(Optional.empty());
    }

    @AfterEach
    void close() {
        oidc.close();
        issuer.close();
    }

    @Test
    void a_token_of_the_issuer_says_who_it_is_and_in_which_groups() {
        var identity = accepted(issuer.token());

        assertThat(identity.person()).isEqualTo("oidc:ada@example.org");
        assertThat(identity.groups()).containsExactly("oidc:dba", "oidc:staff");
        assertThat(identity.scope()).contains(TokenScope.APPROVE);
    }

    @Test
    void whom_the_policy_knows_has_the_name_that_it_has_there() {
        var known = new OidcIssuer(settings(Optional.empty()), this::ada, () -> Issuer.NOW);

        assertThat(known.verify(issuer.token()))
                .isInstanceOfSatisfying(
                        Verification.Accepted.class,
                        it -> assertThat(it.identity().person()).isEqualTo("ada"));
        known.close();
    }

    private Optional<String> ada(String name) {
        return Optional.of("ada").filter(_ -> name.equals("ada@example.org"));
    }

    @Test
    void the_greatest_scope_of_all_groups_counts_and_without_one_there_is_none() {
        assertThat(scope(List.of("dba", "assent-admins", "readers"))).contains(TokenScope.ADMIN);
        assertThat(scope(List.of("readers", "staff"))).contains(TokenScope.READ);
        assertThat(scope("dba")).contains(TokenScope.APPROVE);
        assertThat(scope(List.of("staff"))).isEmpty();
        assertThat(scope(List.of("DBA", " dba", 7))).isEmpty();
        assertThat(scope(Map.of("dba", true))).isEmpty();
        assertThat(accepted(issuer.token(it -> it.claim("groups", null))).scope()).isEmpty();
    }

    private Optional<TokenScope> scope(Object groups) {
        return accepted(issuer.token(it -> it.claim("groups", groups))).scope();
    }

    @Test
    void a_name_that_its_holder_could_have_chosen_is_nobodys_address() {
        var unverified = issuer.token(it -> it.claim("email_verified", false));
        var chosen =
                issuer.token(it ->
                        it.claim("email", null).claim("preferred_username", "grace@example.org"));
        var plain =
                issuer.token(it -> it.claim("email", null).claim("preferred_username", "grace"));
        var strange = issuer.token(it -> it.claim("email", "ada\n| admin |"));

        assertThat(refused(unverified)).contains("names nobody");
        assertThat(refused(chosen)).contains("names nobody");
        assertThat(accepted(plain).person()).isEqualTo("oidc:grace");
        assertThat(refused(strange)).contains("names nobody");
    }

    @Test
    void a_claim_that_was_configured_is_the_only_one_that_names() {
        var bySubject = oidc(Optional.of("sub"));

        assertThat(accepted(bySubject, issuer.token()).person()).isEqualTo("oidc:4711");
        assertThat(bySubject.verify(issuer.token(it -> it.subject(null))))
                .isInstanceOf(Verification.Refused.class);
        bySubject.close();
    }

    @Test
    void time_counts_with_a_minute_of_tolerance() {
        assertThat(refused(issuer.token(it -> it.expirationTime(in(-61))))).contains("has expired");
        accepted(issuer.token(it -> it.expirationTime(in(-59))));
        assertThat(refused(issuer.token(it -> it.notBeforeTime(in(61)))))
                .contains("before use time");
        accepted(issuer.token(it -> it.notBeforeTime(in(59))));
        assertThat(refused(issuer.token(it -> it.expirationTime(null)))).contains("exp");
    }

    @Test
    void a_token_for_somebody_else_or_by_somebody_else_is_refused() {
        assertThat(refused(issuer.token(it -> it.audience("other"))))
                .contains("aud claim rejected");
        assertThat(refused(issuer.token(it -> it.audience((String) null)))).contains("aud");
        accepted(issuer.token(it -> it.audience(List.of("other", Issuer.AUDIENCE))));
        assertThat(refused(issuer.token(it -> it.issuer("https://evil.example.org"))))
                .contains("iss");
        assertThat(refused(issuer.token(it -> it.issuer(issuer.uri() + "/")))).contains("iss");
    }

    @Test
    void a_forged_signature_is_refused() {
        var forger = Issuer.FORGED;

        assertThat(refused(issuer.signed(forger, it -> it))).contains("nvalid signature");
    }

    @Test
    void a_changed_token_is_refused() {
        var parts = issuer.token().split("\\.");
        var other = issuer.token(it -> it.claim("groups", List.of("assent-admins"))).split("\\.");

        assertThat(refused(parts[0] + "." + other[1] + "." + parts[2]))
                .contains("nvalid signature");
    }

    @Test
    void neither_no_algorithm_nor_the_public_key_as_a_password_signs_anything() throws Exception {
        var claims = issuer.claims(it -> it);
        assertThat(refused(new PlainJWT(claims).serialize())).contains("nsecured");

        var pem = issuer.key.toRSAPublicKey().getEncoded();
        assertThat(refused(signed(new MACSigner(pem), JWSAlgorithm.HS256, issuer.key.getKeyID())))
                .contains("none that " + issuer.uri() + " made");
        var json = issuer.key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
        refused(signed(new MACSigner(json), JWSAlgorithm.HS512, issuer.key.getKeyID()));
    }

    @Test
    void a_key_that_comes_with_the_token_is_not_believed() throws Exception {
        var forger = Issuer.FORGED;
        var header =
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID("k1")
                        .jwk(forger.toPublicJWK())
                        .jwkURL(URI.create("http://127.0.0.1:1/keys"))
                        .build();
        var jwt = new SignedJWT(header, issuer.claims(it -> it));
        jwt.sign(new RSASSASigner(forger));

        refused(jwt.serialize());
    }

    @Test
    void a_new_key_of_the_issuer_counts_at_once_and_the_old_one_no_more() {
        RSAKey old = issuer.key;
        accepted(issuer.token());

        issuer.rotate();

        accepted(issuer.token());
        assertThat(refused(issuer.signed(old, it -> it))).contains("none that");
        assertThat(issuer.fetched).hasValue(2);
    }

    @Test
    void tokens_with_made_up_keys_do_not_make_the_daemon_ask_without_end() {
        accepted(issuer.token());
        for (var i = 0; i < 50; i++) {
            var made = issuer.key.toRSAKey();
            refused(issuer.signed(renamed(made, "made-up-" + i), it -> it));
        }

        assertThat(issuer.fetched.get()).isLessThanOrEqualTo(2);
        accepted(issuer.token());
    }

    private static RSAKey renamed(RSAKey key, String id) {
        return new RSAKey.Builder(key).keyID(id).build();
    }

    @Test
    void while_the_issuer_is_down_nobody_is_let_in_and_that_is_not_the_tokens_fault()
            throws Exception {
        var token = issuer.token();
        var port = issuer.port();
        issuer.close();

        assertThat(oidc.verify(token))
                .isInstanceOfSatisfying(
                        Verification.Unavailable.class,
                        it ->
                                assertThat(it.why())
                                        .contains("openid-configuration does not answer"));

        var key = issuer.key;
        issuer = new Issuer(port);
        issuer.key = key;
        issuer.published = List.of(key);
        accepted(issuer.token());
    }

    @Test
    void keys_that_are_known_count_while_the_issuer_is_down() {
        accepted(issuer.token());
        var token = issuer.token();
        issuer.close();

        accepted(token);
    }

    @Test
    void a_document_that_speaks_for_another_issuer_is_not_believed() {
        issuer.called = "https://evil.example.org";

        assertThat(oidc.verify(issuer.token()))
                .isInstanceOfSatisfying(
                        Verification.Unavailable.class,
                        it -> assertThat(it.why()).contains("speaks for another issuer"));
    }

    @Test
    void what_is_no_token_is_refused() {
        for (var text : List.of(".", "..", "a.b.c", "eyJhbGciOiJSUzI1NiJ9..", "{}.{}.{}")) {
            assertThat(oidc.verify(text)).as(text).isInstanceOf(Verification.Refused.class);
        }
        assertThat(refused("a.".repeat(9000) + "b")).contains("longer than any token is");
        assertThat(issuer.fetched).hasValue(0);
    }

    private String signed(JWSSigner signer, JWSAlgorithm algorithm, String id) throws Exception {
        var jwt =
                new SignedJWT(
                        new JWSHeader.Builder(algorithm).keyID(id).build(),
                        issuer.claims(it -> it));
        jwt.sign(signer);
        return jwt.serialize();
    }

    private OidcIdentity accepted(String token) {
        return accepted(oidc, token);
    }

    private static OidcIdentity accepted(OidcIssuer oidc, String token) {
        return switch (oidc.verify(token)) {
            case Verification.Accepted(var identity) -> identity;
            case Verification.Refused(var why) -> throw new AssertionError(why);
            case Verification.Unavailable(var why) -> throw new AssertionError(why);
        };
    }

    private String refused(String token) {
        return switch (oidc.verify(token)) {
            case Verification.Refused(var why) -> {
                assertThat(why).doesNotContain(token);
                yield why;
            }
            case Verification.Accepted(var identity) -> throw new AssertionError(identity.person());
            case Verification.Unavailable(var why) -> throw new AssertionError(why);
        };
    }

    private OidcIssuer oidc(Optional<String> nameClaim) {
        return new OidcIssuer(settings(nameClaim), _ -> Optional.empty(), () -> Issuer.NOW);
    }

    private OidcSettings settings(Optional<String> nameClaim) {
        return new OidcSettings(
                issuer.uri(),
                Issuer.AUDIENCE,
                nameClaim,
                "groups",
                Map.of(
                        "assent-admins", TokenScope.ADMIN,
                        "dba", TokenScope.APPROVE,
                        "readers", TokenScope.READ));
    }

    private static Date in(int seconds) {
        return Date.from(Issuer.NOW.plusSeconds(seconds));
    }
}
