package dev.assent.plan;

import dev.assent.model.Catalogue;
import dev.assent.model.Desired;
import dev.assent.model.Recorded;
import java.util.Optional;

/// Works out what must change. The same states and catalogue always give the same plan, byte for
/// byte.
public final class Planner {

    private Planner() {}

    /// The difference desired − recorded.
    ///
    /// @param commit the commit that the manifest was read from; empty for a file
    public static Plan plan(
            Desired desired, Recorded recorded, Catalogue catalogue, Optional<String> commit) {
        throw new UnsupportedOperationException();
    }
}
