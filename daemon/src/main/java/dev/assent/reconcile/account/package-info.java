/// Gives account of what is there and what is not: why a group is not as it is declared, and who
/// made it what it is. Functions from values to values; nothing is fetched or written here.
@NullMarked
package dev.assent.reconcile.account;

import org.jspecify.annotations.NullMarked;
