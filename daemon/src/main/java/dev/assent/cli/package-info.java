/// The commands, one small class each, and what a terminal shows. [Cli] is the front door: it picks
/// the command, and turns whatever goes wrong into a sentence and an exit code.
@NullMarked
package dev.assent.cli;

import org.jspecify.annotations.NullMarked;
