/// The log of the daemon: in which form it is written, what an entry is about, and what is never
/// written. Everybody logs over SLF4J; what becomes of it is decided here.
@NullMarked
package dev.assent.log;

import org.jspecify.annotations.NullMarked;
