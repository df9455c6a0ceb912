package dev.assent.http.api;

import java.util.Optional;

/// What is known of an external group now, without its password.
///
/// @param group `ENGINE/GROUP`
/// @param endpoint `HOST:PORT`; absent where nothing is known any more
public record ExternalAnswer(
        String application, String environment, String group, Optional<String> endpoint) {}
