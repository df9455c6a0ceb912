/// Tests with real Git repositories and real Git servers.
@NullMarked
package dev.assent.source;

import org.jspecify.annotations.NullMarked;
