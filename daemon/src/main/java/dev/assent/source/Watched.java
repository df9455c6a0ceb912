package dev.assent.source;

import java.util.List;
import java.util.Optional;

/// The repositories that are watched now. The configuration can be read anew at any time, so
/// whoever needs them asks here each time.
@FunctionalInterface
public interface Watched {

    List<Repository> all();

    /// These, whatever happens.
    static Watched only(List<Repository> repositories) {
        var all = List.copyOf(repositories);
        return () -> all;
    }

    /// The one of this name, as long as it is watched.
    default Optional<Repository> named(String name) {
        return all().stream().filter(it -> it.name().equals(name)).findFirst();
    }
}
