/// Daemons that are ended, stopped and starved at every instant, and what must hold afterwards.
@NullMarked
package dev.assent.crash;

import org.jspecify.annotations.NullMarked;
