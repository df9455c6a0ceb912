/// `Main` picks a command; `Wiring` builds every object by hand.
@NullMarked
package dev.assent;

import org.jspecify.annotations.NullMarked;
