package dev.assent.engine;

import dev.assent.model.Endpoint;
import dev.assent.model.Version;
import java.time.Duration;
import java.util.Optional;

/// What a server says of itself.
///
/// @param replica whether it follows another server, or is set up to
/// @param source where the server is that it follows or is set up to follow, where it tells
/// @param lag how far a replica is behind, where the engine tells and it follows
/// @param trouble what is wrong although it answers, in a sentence; empty when nothing is
public record Answer(
        Version version,
        boolean replica,
        Optional<Endpoint> source,
        Optional<Duration> lag,
        Optional<String> trouble) {}
