/// The pipeline, and the jobs that turn it.
@NullMarked
package dev.assent.reconcile;

import org.jspecify.annotations.NullMarked;
