/// Who may say yes to what, and whether a yes is enough.
@NullMarked
package dev.assent.approval;

import org.jspecify.annotations.NullMarked;
