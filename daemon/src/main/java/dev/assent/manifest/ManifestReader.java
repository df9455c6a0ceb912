package dev.assent.manifest;

import java.util.Collection;

/// Reads manifests. One reader serves any number of threads; its schema is compiled once.
public final class ManifestReader {

    /// Reads one file; all that is wrong with it in one go.
    ///
    /// @param path for places in messages only
    /// @param environments the configured environments: a top-level key of one of these names is an
    ///   environment whatever it holds
    public Reading read(String path, byte[] bytes, Collection<String> environments) {
        throw new UnsupportedOperationException();
    }
}
