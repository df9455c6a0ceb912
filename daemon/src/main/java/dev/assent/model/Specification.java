package dev.assent.model;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// How a group's servers are to be built: variant, version and the further settings of its
/// `configuration`, as written. A version that is absent means: the newest that can be built.
public record Specification(
        Variant variant, Optional<Version> version, SortedMap<String, String> settings) {

    public Specification {
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }

    public static Specification of(Variant variant) {
        return new Specification(variant, Optional.empty(), new TreeMap<>());
    }

    /// The same with its version decided.
    public Specification pinned(Version version) {
        return new Specification(variant, Optional.of(version), settings);
    }

    public Specification with(Map<String, String> settings) {
        return new Specification(variant, version, new TreeMap<>(settings));
    }
}
