/// Tests of the daemon's door: a real server, real requests, and a fake desk behind it.
@NullMarked
package dev.assent.doctor;

import org.jspecify.annotations.NullMarked;
