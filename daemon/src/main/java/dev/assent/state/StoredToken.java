package dev.assent.state;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/// A token as it is recorded, which is without its text.
///
/// @param name what it is called in lists and commands
/// @param person who speaks with it
/// @param createdBy who made it
/// @param lastUsed the last day on which it was used, in UTC
public record StoredToken(
        String name,
        String person,
        TokenScope scope,
        String createdBy,
        Instant createdAt,
        Instant expiresAt,
        Optional<Instant> revokedAt,
        Optional<LocalDate> lastUsed) {

    public boolean hasExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
