package dev.assent.http;

import dev.assent.configuration.AccessSettings.Readers;
import dev.assent.http.oidc.OidcIssuer;
import java.util.Optional;
import java.util.Set;

/// How people, programs and forges come in, beside the tokens in the record.
///
/// @param names host names that the server is known by, beside `localhost` and where it listens
/// @param oidc the issuer whose tokens count, where there is one
/// @param metrics who may read what is counted
public record Access(
        Set<String> names,
        AdminToken admin,
        Optional<OidcIssuer> oidc,
        Webhooks webhooks,
        Readers metrics) {

    public Access {
        names = Set.copyOf(names);
    }

    /// With what is counted for programs of this machine.
    public Access(
            Set<String> names, AdminToken admin, Optional<OidcIssuer> oidc, Webhooks webhooks) {
        this(names, admin, oidc, webhooks, Readers.LOCAL);
    }

    /// With the admin token and those in the record alone.
    public static Access of(Set<String> names, AdminToken admin) {
        return new Access(names, admin, Optional.empty(), Webhooks.NONE);
    }
}
