package dev.assent.state;

import java.time.Instant;
import java.util.Optional;

/// One line of the audit trail; each is chained to the one before by hash.
///
/// @param what a verb and its object: `plan.approved`, `variables.shown`
/// @param plan the whole digest of the plan that it is about, `sha256:…`
/// @param hash SHA-256, in hexadecimal, over the entry and the hash of the one before
public record AuditEntry(
        long number,
        Instant at,
        String who,
        String what,
        Optional<String> application,
        Optional<String> plan,
        String detail,
        String hash) {}
