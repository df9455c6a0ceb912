/// Where servers come from. A provider's own words (processes, hosts, clouds) stay in its own
/// package; providers know nothing of each other.
@NullMarked
package dev.assent.provider;

import org.jspecify.annotations.NullMarked;
