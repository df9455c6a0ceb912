/// Whether what was signed in Git was signed by somebody whom the configuration knows. Nothing else
/// is trusted: no key ring, no settings of Git, no file of the repository.
@NullMarked
package dev.assent.source.signature;

import org.jspecify.annotations.NullMarked;
