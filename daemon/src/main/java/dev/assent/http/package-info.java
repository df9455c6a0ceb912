/// The daemon's door and the way to it: REST API and health ([RestServer], behind it the [Desk]),
/// and the [Client] that the command line asks with.
@NullMarked
package dev.assent.http;

import org.jspecify.annotations.NullMarked;
