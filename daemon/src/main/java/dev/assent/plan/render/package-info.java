/// A plan for people and programs: text, JSON.
@NullMarked
package dev.assent.plan.render;

import org.jspecify.annotations.NullMarked;
