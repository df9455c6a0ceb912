/// What people tell Assent to do in a comment. From text to values; nothing is asked of anybody.
@NullMarked
package dev.assent.forge.command;

import org.jspecify.annotations.NullMarked;
