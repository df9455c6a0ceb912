/// Tests of reading manifests.
@NullMarked
package dev.assent.manifest;

import org.jspecify.annotations.NullMarked;
