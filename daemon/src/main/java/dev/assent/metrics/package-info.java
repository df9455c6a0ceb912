/// What the daemon counts, in the words of those who watch it: Prometheus and OpenMetrics. The only
/// package that knows Micrometer.
@NullMarked
package dev.assent.metrics;

import org.jspecify.annotations.NullMarked;
