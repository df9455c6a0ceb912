package dev.assent.http.api;

import dev.assent.state.StoredToken;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/// A token, without its text.
public record TokenSummary(
        String name,
        String person,
        String scope,
        String createdBy,
        Instant createdAt,
        Instant expiresAt,
        Optional<LocalDate> lastUsed) {

    public static TokenSummary of(StoredToken token) {
        return new TokenSummary(
                token.name(),
                token.person(),
                token.scope().word(),
                token.createdBy(),
                token.createdAt(),
                token.expiresAt(),
                token.lastUsed());
    }
}
