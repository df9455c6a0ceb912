package dev.assent.http.api;

import java.util.List;
import java.util.Optional;

/// A yes to a plan.
///
/// @param digest the digest of what was reviewed
/// @param destroy the groups, `ENGINE/GROUP`, whose destructive changes are agreed to
/// @param hold whether destructive changes that are not agreed to are held back, and the rest done
public record ApproveRequest(
        Optional<String> digest, Optional<List<String>> destroy, Optional<Boolean> hold) {}
