/// The whole pipeline in virtual time, over a Git, a forge and a provider of memory that fail,
/// delay, lose and repeat, with crashes in between; checked against a reference model.
///
/// A seed makes a list of [Operation]s and a [Weather]; both always lead to the same run.
/// Everything happens on one thread: while a fake works, the operations that come next may happen,
/// which is how work overlaps. Real are `Reconciler`, `Applier`, the planner, the policy and the
/// `Store` with its SQLite file; [Model] says what has to hold: of plans and of what was said to
/// them ([Proposed]), of the record ([Ledger]), of passwords ([Passwords]). [Effects] knows which
/// of a provider's calls belong to which change.
///
/// In the end nothing goes wrong any more ([Rest]): what somebody has agreed to is built, and what
/// is then has to be what is wanted. What nobody has said a word to is taken back first, in nine
/// runs of ten: to build it undisturbed took two thirds of the time and showed nothing.
///
/// That it can fail was tried by breaking the program by hand, and 499 seeds each. Found: a yes
/// that was said to another digest counts (seed 23), a step is not journalled as done (1), two
/// plans of one application at once (1, by the record's own constraint), the policy is not asked at
/// the start (152), what destroys data is not held back (66), nothing is undone after a failure
/// (197), interrupted plans are not taken up (4), passwords are made anew (1), the serial is not
/// raised (1), older plans stay beside newer ones (9), what could not be removed again is not said
/// (345).
///
/// Not found, since something else prevents it, too: assents are not consumed (the plan's state and
/// its seal), an evidence counts again (one assent a person), a plan of an older record starts (it
/// was superseded when the record moved), a change is recorded without looking whether it was (the
/// journal is asked before). Not found, since it takes two daemons: the fence is gone.
@NullMarked
package dev.assent.simulation;

import org.jspecify.annotations.NullMarked;
