package dev.assent.state;

import dev.assent.model.ApplicationName;
import java.util.List;
import java.util.Optional;

/// How the newest manifest of each application was read.
public final class Manifests {

    public Optional<ManifestState> get(ApplicationName application) {
        throw new UnsupportedOperationException();
    }

    public List<ManifestState> all() {
        throw new UnsupportedOperationException();
    }

    public void put(ManifestState state) {
        throw new UnsupportedOperationException();
    }
}
