/// What the daemon does, told to whoever counts it. Nothing here counts anything, and nobody who
/// tells waits for whoever listens.
@NullMarked
package dev.assent.observation;

import org.jspecify.annotations.NullMarked;
