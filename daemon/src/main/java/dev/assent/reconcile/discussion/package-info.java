/// What is said in pull requests, and what is done of what people say there.
@NullMarked
package dev.assent.reconcile.discussion;

import org.jspecify.annotations.NullMarked;
