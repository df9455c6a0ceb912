/// How fast manifests are read and planned. `compare` and `compare-plan` beside this module measure
/// whole processes.
@NullMarked
package dev.assent.bench;

import org.jspecify.annotations.NullMarked;
