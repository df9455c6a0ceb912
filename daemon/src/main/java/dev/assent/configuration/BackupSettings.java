package dev.assent.configuration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// When backups of the record are made.
///
/// @param every how long after one the next is made
/// @param keep how many are kept
/// @param folder where they lie; empty: `backups` in the state folder
public record BackupSettings(Duration every, int keep, Optional<Path> folder) {

    static final Duration EVERY = Duration.ofHours(6);
    static final int KEEP = 14;
}
