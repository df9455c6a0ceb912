/// Tests against a collector that speaks HTTP.
@NullMarked
package dev.assent.trace.otlp;

import org.jspecify.annotations.NullMarked;
