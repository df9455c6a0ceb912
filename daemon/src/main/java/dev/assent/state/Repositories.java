package dev.assent.state;

import java.util.List;
import java.util.Optional;

/// What the last look at each repository found.
public final class Repositories {

    public Optional<RepositoryState> get(String name) {
        throw new UnsupportedOperationException();
    }

    public List<RepositoryState> all() {
        throw new UnsupportedOperationException();
    }

    public void put(RepositoryState state) {
        throw new UnsupportedOperationException();
    }
}
