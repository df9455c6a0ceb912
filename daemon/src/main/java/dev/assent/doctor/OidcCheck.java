package dev.assent.doctor;

import dev.assent.configuration.OidcSettings;
import dev.assent.http.oidc.OidcIssuer;
import java.time.InstantSource;
import java.util.Optional;

/// Whether the issuer of tokens can be asked for its keys.
record OidcCheck(OidcSettings settings) implements Check {

    @Override
    public String subject() {
        return "OpenID Connect";
    }

    @Override
    public Finding look() {
        try (var issuer = new OidcIssuer(settings, _ -> Optional.empty(), InstantSource.system())) {
            return issuer.unreachable()
                    .map(it ->
                            Finding.trouble(
                                    "nobody can sign in with a token of it: " + it,
                                    "check `oidc.issuer`, and the network between"))
                    .orElseGet(() -> Finding.fine(settings.issuer() + " publishes its keys"));
        }
    }
}
