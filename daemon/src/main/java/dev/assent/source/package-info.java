/// Git: which manifests changed, and their bytes, read from the object database and never from a
/// work tree.
@NullMarked
package dev.assent.source;

import org.jspecify.annotations.NullMarked;
