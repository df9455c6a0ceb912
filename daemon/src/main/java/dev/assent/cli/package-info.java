/// The commands, one small class each, and what a terminal shows.
@NullMarked
package dev.assent.cli;

import org.jspecify.annotations.NullMarked;
