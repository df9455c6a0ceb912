/// Looks at an installation, whether its daemon runs or not, and says what to do about what is
/// wrong. Each thing that is looked at is a [dev.assent.doctor.Check].
@NullMarked
package dev.assent.doctor;

import org.jspecify.annotations.NullMarked;
