/// The difference between what is desired and what is recorded, as a value: [Planner] works it out,
/// [Plan] is what people review and approve, [Digest] is its identity. All of it is pure.
@NullMarked
package dev.assent.plan;

import org.jspecify.annotations.NullMarked;
