/// The environment variables of an application, worked out from its record. Pure.
@NullMarked
package dev.assent.variables;

import org.jspecify.annotations.NullMarked;
