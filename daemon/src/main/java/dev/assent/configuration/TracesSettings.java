package dev.assent.configuration;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// Who is told how a commit goes through the pipeline.
///
/// @param endpoint where an OpenTelemetry collector takes traces over HTTP
/// @param headersFile what signs in there: `Name: value` on each line
public record TracesSettings(URI endpoint, Optional<Path> headersFile) {}
