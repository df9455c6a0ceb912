package dev.assent.http;

import dev.assent.http.oidc.OidcIdentity;
import dev.assent.state.StoredToken;
import dev.assent.state.TokenScope;
import java.util.Optional;

/// What somebody signed in with.
sealed interface Bearer {

    /// The token of the run folder.
    record Admin() implements Bearer {}

    /// A token that somebody made here.
    record Local(StoredToken token) implements Bearer {}

    /// A token of the OIDC issuer.
    record Oidc(OidcIdentity identity) implements Bearer {}

    /// What it is good for; empty: nothing.
    default Optional<TokenScope> scope() {
        return switch (this) {
            case Admin() -> Optional.of(TokenScope.ADMIN);
            case Local(var token) -> Optional.of(token.scope());
            case Oidc(var identity) -> identity.scope();
        };
    }

    /// What a sentence calls it.
    default String words() {
        return switch (this) {
            case Admin() -> "the admin token";
            case Local(var token) -> "the token `" + token.name() + "`";
            case Oidc(var identity) -> identity.who();
        };
    }
}
