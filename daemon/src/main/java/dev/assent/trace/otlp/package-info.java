/// Tells a collector of OpenTelemetry what becomes of a commit. Nobody else knows OpenTelemetry.
@NullMarked
package dev.assent.trace.otlp;

import org.jspecify.annotations.NullMarked;
