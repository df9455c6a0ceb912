/// The record: what exists, what is proposed, who said yes, what was done. The only place with SQL
/// of our own. One writer: everything that changes the record goes through one connection, one
/// transaction at a time.
@NullMarked
package dev.assent.state;

import org.jspecify.annotations.NullMarked;
