@NullMarked
package dev.assent.metrics;

import org.jspecify.annotations.NullMarked;
