/// Tests against what is really written: streams, and a datagram socket in the journal's place.
@NullMarked
package dev.assent.log;

import org.jspecify.annotations.NullMarked;
