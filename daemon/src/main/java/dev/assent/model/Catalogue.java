package dev.assent.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a provider can build, and what it needs to know of a server to build it.
///
/// @param provider its name in the configuration, for messages
/// @param versions the versions of each variant, oldest first; a variant without any can't be built
/// @param requires settings that a server must have (`vendor`, `region`, `size`)
/// @param lacks settings that ask for something which it can't give (`postgis`): what asks for one
///   is not built, rather than built without it
/// @param replicates the variants whose servers it can have follow one another, in a group and
///   between groups
/// @param cascading whether a group that follows another one may be followed itself, as the
///   installation's configuration says
public record Catalogue(
        String provider,
        Map<Variant, List<Version>> versions,
        SortedSet<String> requires,
        SortedSet<String> lacks,
        Set<Variant> replicates,
        boolean cascading) {

    /// Of a provider that can build nothing.
    public static final Catalogue NOTHING =
            new Catalogue("none", Map.of(), new TreeSet<>(), new TreeSet<>(), Set.of(), false);

    public Catalogue {
        var sorted = new EnumMap<Variant, List<Version>>(Variant.class);
        versions.forEach((variant, all) -> sorted.put(variant, all.stream().sorted().toList()));
        versions = Collections.unmodifiableMap(sorted);
        requires = Collections.unmodifiableSortedSet(new TreeSet<>(requires));
        lacks = Collections.unmodifiableSortedSet(new TreeSet<>(lacks));
        replicates = Set.copyOf(replicates);
    }

    /// The same where groups may follow one another in a row, or may not.
    public Catalogue withCascading(boolean allowed) {
        return new Catalogue(provider, versions, requires, lacks, replicates, allowed);
    }

    public List<Version> versions(Variant variant) {
        return versions.getOrDefault(variant, List.of());
    }

    /// The newest version that is what the specification asks for; empty when there is none.
    public Optional<Version> newest(Specification specification) {
        var oldestFirst = versions(specification.variant());
        var wanted = specification.version();
        for (var i = oldestFirst.size() - 1; i >= 0; i--) {
            var version = oldestFirst.get(i);
            if (wanted.isEmpty() || version.satisfies(wanted.get())) return Optional.of(version);
        }
        return Optional.empty();
    }
}
