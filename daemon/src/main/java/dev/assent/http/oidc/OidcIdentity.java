package dev.assent.http.oidc;

import dev.assent.state.TokenScope;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Somebody whom the issuer vouches for.
///
/// @param person who it is for the policy: a person's name in it, or `oidc:NAME` for one that it
///   does not know
/// @param groups the issuer's groups, each as `oidc:GROUP`, which no group of the policy is called
/// @param scope the greatest scope that one of the groups gives; empty: none does
public record OidcIdentity(String person, SortedSet<String> groups, Optional<TokenScope> scope) {

    /// What stands before what only the issuer says.
    static final String MARK = "oidc:";

    public OidcIdentity {
        groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
    }

    /// What people read.
    public String who() {
        return person;
    }
}
