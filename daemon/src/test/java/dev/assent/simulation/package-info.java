/// The whole pipeline in virtual time, over a Git, a forge and a provider of memory that fail,
/// delay, lose and repeat, with crashes in between; checked against a reference model.
///
/// A seed makes a list of [Operation]s and a [Weather]; both always lead to the same run.
/// Everything happens on one thread: while a fake works, the operations that come next may happen,
/// which is how work overlaps. Real are `Reconciler`, `Applier`, the planner, the policy and the
/// `Store` with its SQLite file; [Model] says what has to hold.
///
/// That it can fail was tried by breaking the program by hand, and 499 seeds each. Found: a yes
/// that was said to another digest counts (seed 23), a step is not journalled as done (1), two
/// plans of one application at once (1, by the record's own constraint), the policy is not asked at
/// the start (152), what destroys data is not held back (66), nothing is undone after a failure
/// (197), interrupted plans are not taken up (4), passwords are made anew (1), the serial is not
/// raised (1). Not found, since something else prevents it, too, or it takes two daemons: assents
/// are not consumed, an evidence counts again, a plan of an older record starts, older plans stay
/// beside newer ones, a change is recorded without looking whether it was, the fence is gone.
@NullMarked
package dev.assent.simulation;

import org.jspecify.annotations.NullMarked;
