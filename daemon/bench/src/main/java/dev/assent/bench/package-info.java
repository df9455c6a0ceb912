/// How fast manifests are read. `compare` beside this module measures whole processes.
@NullMarked
package dev.assent.bench;

import org.jspecify.annotations.NullMarked;
