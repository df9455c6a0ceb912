/// Tests against real Unix sockets.
@NullMarked
package dev.assent.systemd;

import org.jspecify.annotations.NullMarked;
