package dev.assent.http.api;

import java.util.Optional;

/// Asks for a token.
///
/// @param name what it will be called in lists and commands
/// @param person who will speak with it
/// @param scope `read`, `request`, `approve` or `admin`
/// @param expires for how long it can be used: `90d`
public record TokenRequest(
        Optional<String> name,
        Optional<String> person,
        Optional<String> scope,
        Optional<String> expires) {}
