/// Tests of the commands, run in this process against a real server, and of the launcher.
@NullMarked
package dev.assent.cli;

import org.jspecify.annotations.NullMarked;
