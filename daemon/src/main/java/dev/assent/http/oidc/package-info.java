/// People who sign in with tokens of an OpenID Connect issuer.
@NullMarked
package dev.assent.http.oidc;

import org.jspecify.annotations.NullMarked;
