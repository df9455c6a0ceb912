package dev.assent.engine;

import dev.assent.model.Version;
import java.util.Optional;

/// What a server says of itself.
///
/// @param replica whether it follows another server now
/// @param trouble what is wrong although it answers, in a sentence; empty when nothing is
public record Answer(Version version, boolean replica, Optional<String> trouble) {}
