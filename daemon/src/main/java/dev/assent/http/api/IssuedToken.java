package dev.assent.http.api;

/// A token that was just made: the only answer that ever holds its text.
///
/// @param token its text
public record IssuedToken(TokenSummary summary, String token) {

    /// The token stays out.
    @Override
    public String toString() {
        return summary.toString();
    }
}
