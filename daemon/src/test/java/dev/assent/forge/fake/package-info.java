/// Forges for tests: real servers with a state, whose every request and answer is checked against
/// what the forge itself publishes of its API. Closing one fails where something did not fit.
@NullMarked
package dev.assent.forge.fake;

import org.jspecify.annotations.NullMarked;
