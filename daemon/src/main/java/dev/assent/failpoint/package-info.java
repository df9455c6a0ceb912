/// Places at which the process can be made to end, to fail or to wait, to see that nothing is lost
/// by it. They are switched by properties of the JVM alone, and cost nothing while they are off.
@NullMarked
package dev.assent.failpoint;

import org.jspecify.annotations.NullMarked;
