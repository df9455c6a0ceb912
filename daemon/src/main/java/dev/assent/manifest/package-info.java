/// From bytes to what they declare: text → located tree → checked → [dev.assent.model.Desired].
/// Every mistake becomes a [Problem] with a place and a way out; nothing here reads a clock, a disk
/// or a network, and nothing that a manifest says is ever executed.
@NullMarked
package dev.assent.manifest;

import org.jspecify.annotations.NullMarked;
