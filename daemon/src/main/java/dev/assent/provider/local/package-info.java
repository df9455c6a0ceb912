/// Real database servers as processes of this machine.
@NullMarked
package dev.assent.provider.local;

import org.jspecify.annotations.NullMarked;
