/// What the service manager is told and asked over its own sockets: its protocols, and nothing of
/// Assent.
@NullMarked
package dev.assent.systemd;

import org.jspecify.annotations.NullMarked;
