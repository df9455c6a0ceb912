package dev.assent.http.oidc;

/// What comes of looking at a token that the issuer may have made.
public sealed interface Verification {

    /// It counts.
    record Accepted(OidcIdentity identity) implements Verification {}

    /// It does not count.
    ///
    /// @param why a sentence
    record Refused(String why) implements Verification {}

    /// Nobody can say, since the issuer does not answer.
    ///
    /// @param why a sentence
    record Unavailable(String why) implements Verification {}
}
