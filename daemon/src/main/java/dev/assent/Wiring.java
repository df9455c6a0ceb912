package dev.assent;

import dev.assent.http.Listen;
import dev.assent.model.Catalogue;
import java.nio.file.Path;
import java.util.Optional;

/// Builds every object by hand; the only class that knows all packages.
final class Wiring {

    private Wiring() {}

    static int daemon(Path configuration, Path state, Path run, Optional<Listen> listen) {
        throw new UnsupportedOperationException();
    }

    static Catalogue catalogue() {
        throw new UnsupportedOperationException();
    }
}
