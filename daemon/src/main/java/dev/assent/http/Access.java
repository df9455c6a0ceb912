package dev.assent.http;

import dev.assent.http.oidc.OidcIssuer;
import java.util.Optional;
import java.util.Set;

/// How people, programs and forges come in, beside the tokens in the record.
///
/// @param names host names that the server is known by, beside `localhost` and where it listens
/// @param oidc the issuer whose tokens count, where there is one
public record Access(
        Set<String> names, AdminToken admin, Optional<OidcIssuer> oidc, Webhooks webhooks) {

    public Access {
        names = Set.copyOf(names);
    }

    /// With the admin token and those in the record alone.
    public static Access of(Set<String> names, AdminToken admin) {
        return new Access(names, admin, Optional.empty(), Webhooks.NONE);
    }
}
