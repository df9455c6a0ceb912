/// How a commit goes through the pipeline, told to whoever follows it. Who does the work says which
/// [Stage] begins and ends; nobody has to follow, and then next to nothing happens.
@NullMarked
package dev.assent.trace;

import org.jspecify.annotations.NullMarked;
