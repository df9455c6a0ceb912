/// Tests of the commands.
@NullMarked
package dev.assent.cli;

import org.jspecify.annotations.NullMarked;
