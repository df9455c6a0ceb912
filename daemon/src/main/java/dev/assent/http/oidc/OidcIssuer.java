package dev.assent.http.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import dev.assent.configuration.OidcSettings;
import dev.assent.manifest.Visible;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// An OpenID Connect issuer whose tokens count: each is checked against the keys that the issuer
/// publishes, which are fetched when they are needed and kept for a while.
public final class OidcIssuer implements AutoCloseable {

    private static final int MOST_CHARACTERS = 16 * 1024;
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Duration WAIT = Duration.ofSeconds(15);

    /// Twice in this time the keys are fetched at most, whatever tokens are shown.
    private static final Duration BETWEEN = Duration.ofSeconds(10);

    private static final int SKEW_SECONDS = 60;

    /// Only what is checked with a public key: with any other a key that everybody may read would
    /// be a password.
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.PS384,
                    JWSAlgorithm.PS512,
                    JWSAlgorithm.ES256,
                    JWSAlgorithm.ES384,
                    JWSAlgorithm.ES512);

    private final OidcSettings settings;
    private final Claims claims;
    private final IssuerKeys keys;
    private final DefaultJWTProcessor<SecurityContext> tokens;

    /// An issuer that was not asked for anything yet.
    ///
    /// @param people the policy's person with a name that the issuer gives
    public OidcIssuer(
            OidcSettings settings, Function<String, Optional<String>> people, InstantSource clock) {
        this.settings = settings;
        this.claims = new Claims(settings, people);
        this.keys = new IssuerKeys(settings.issuer());
        this.tokens = new DefaultJWTProcessor<>();
        var source =
                JWKSourceBuilder.create(keys)
                        .cache(KEPT.toMillis(), WAIT.toMillis())
                        .refreshAheadCache(false)
                        .rateLimited(BETWEEN.toMillis())
                        .build();
        tokens.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, source));
        tokens.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(
                        JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        tokens.setJWTClaimsSetVerifier(verifier(settings, clock));
    }

    private static DefaultJWTClaimsVerifier<SecurityContext> verifier(
            OidcSettings settings, InstantSource clock) {
        var verifier =
                new DefaultJWTClaimsVerifier<SecurityContext>(
                        settings.audience(),
                        new JWTClaimsSet.Builder().issuer(settings.issuer().toString()).build(),
                        Set.of("exp", "aud")) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        verifier.setMaxClockSkew(SKEW_SECONDS);
        return verifier;
    }

    /// Looks at a token; may ask the issuer for its keys.
    public Verification verify(String token) {
        if (token.length() > MOST_CHARACTERS) {
            return new Verification.Refused("the token is longer than any token is");
        }
        try {
            return claims.identity(tokens.process(token, null))
                    .<Verification>map(Verification.Accepted::new)
                    .orElseGet(() -> new Verification.Refused(nobody()));
        } catch (ExpiredJWTException _) {
            return new Verification.Refused("the token of " + settings.issuer() + " has expired");
        } catch (BadJWTException e) {
            return refused("it does not fit: " + e.getMessage());
        } catch (KeySourceException _) {
            return keys.failure()
                    .<Verification>map(it ->
                            new Verification.Unavailable(
                                    "nobody who signs in with OpenID Connect can be let in: " + it))
                    .orElseGet(() -> refused("it is signed with an unknown key"));
        } catch (BadJOSEException e) {
            return refused("it is not signed as it should be: " + e.getMessage());
        } catch (ParseException | JOSEException | RuntimeException _) {
            return refused("it cannot be read");
        }
    }

    /// Fetches the keys that the issuer publishes; why that failed, if it did.
    public Optional<String> unreachable() {
        return keys.unreachable();
    }

    private Verification refused(String why) {
        return new Verification.Refused(
                "the token is none that %s made for %s: %s"
                        .formatted(settings.issuer(), settings.audience(), Visible.of(why)));
    }

    private String nobody() {
        return "the token of %s names nobody: %s"
                .formatted(
                        settings.issuer(),
                        settings.nameClaim()
                                .map(it -> "it has no claim `" + it + "` that is a name")
                                .orElse(
                                        "it has neither a verified `email` nor a"
                                                + " `preferred_username` without `@`"));
    }

    @Override
    public void close() {
        keys.close();
    }
}
