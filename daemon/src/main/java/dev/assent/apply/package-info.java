/// Carries an approved plan out, step by step, each journalled before and after.
@NullMarked
package dev.assent.apply;

import org.jspecify.annotations.NullMarked;
