/// One adapter per engine: how its servers are initialised, started, probed and given users.
@NullMarked
package dev.assent.engine;

import org.jspecify.annotations.NullMarked;
