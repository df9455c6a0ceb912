package dev.assent.manifest;

import dev.assent.model.ApplicationName;
import dev.assent.model.Desired;
import java.util.SortedSet;

/// A manifest without errors.
public final class Manifest {

    /// The environments that it has a block for; empty when it speaks for every environment.
    public SortedSet<String> environments() {
        throw new UnsupportedOperationException();
    }

    /// What it declares for an application in its environment. One that it does not speak for has
    /// no groups.
    public Desired desired(ApplicationName application) {
        throw new UnsupportedOperationException();
    }
}
