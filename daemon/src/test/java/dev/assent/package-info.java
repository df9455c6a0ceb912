/// Tests of the house as a whole.
@NullMarked
package dev.assent;

import org.jspecify.annotations.NullMarked;
