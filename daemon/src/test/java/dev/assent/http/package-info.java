/// Tests of the daemon's door: a real server, real requests, and a fake desk behind it.
@NullMarked
package dev.assent.http;

import org.jspecify.annotations.NullMarked;
