package dev.assent.state;

import dev.assent.model.Secret;

/// What comes of asking for a token.
public sealed interface TokenIssue {

    /// There it is.
    ///
    /// @param text what signs in; it is nowhere else, and cannot be had again
    record Issued(StoredToken token, Secret text) implements TokenIssue {}

    /// There is none.
    ///
    /// @param why a sentence that says what to do instead
    record Refused(String why) implements TokenIssue {}
}
