/// The whole pipeline in virtual time, over a Git, a forge and a provider of memory that fail,
/// delay, lose and repeat, with crashes in between; checked against a reference model.
///
/// A seed makes a list of [Operation]s and a [Weather]; both always lead to the same run.
/// Everything happens on one thread: while a fake works, the operations that come next may happen,
/// which is how work overlaps. Real are `Reconciler`, `Applier`, the planner, the policy and the
/// `Store` with its SQLite file; [Model] says what has to hold.
@NullMarked
package dev.assent.simulation;

import org.jspecify.annotations.NullMarked;
