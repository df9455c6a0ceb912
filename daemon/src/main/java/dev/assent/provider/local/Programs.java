package dev.assent.provider.local;

import dev.assent.engine.EngineAdapter;
import dev.assent.model.Catalogue;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.provider.Progress;
import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which versions of which engines there are, and where their programs are: installed on the
/// machine, in the cache, or in an archive that is still to be fetched.
final class Programs {

    private final InstalledPrograms installed;
    private final List<Archive> archives;
    private final ProgramCache cache;
    private final boolean mayFetch;
    private final Once<Map<Variant, SortedMap<Version, Path>>> machine = new Once<>();

    /// No program that is known here brings it.
    private static final SortedSet<String> LACKS = new TreeSet<>(Set.of("postgis"));

    /// @param mayFetch whether archives that are not in the cache may be fetched
    Programs(
            InstalledPrograms installed,
            List<Archive> archives,
            ProgramCache cache,
            boolean mayFetch) {
        this.installed = installed;
        this.archives = List.copyOf(archives);
        this.cache = cache;
        this.mayFetch = mayFetch;
    }

    static Programs of(LocalSettings settings) {
        return new Programs(
                new InstalledPrograms(Path.of("/")),
                Archive.known(),
                new ProgramCache(settings.cache(), new ArchiveStore(settings.mavenRepository())),
                settings.archives());
    }

    Catalogue catalogue(String provider) {
        var versions = new EnumMap<Variant, List<Version>>(Variant.class);
        for (var variant : machine().keySet()) {
            versions.put(variant, versions(variant));
        }
        return new Catalogue(provider, versions, new TreeSet<>(), LACKS, replicating(), false);
    }

    private static Set<Variant> replicating() {
        return Arrays.stream(Variant.values())
                .filter(it ->
                        EngineAdapter.adapterFor(it).filter(EngineAdapter::replicates).isPresent())
                .collect(Collectors.toSet());
    }

    /// The folder with the programs of a version. What the machine has comes before archives, since
    /// the machine's packages are kept up to date.
    Path folder(Variant variant, Version version, Progress progress) throws IOException {
        var here = installed(variant).get(version);
        if (here != null) return here;
        var archive =
                archives.stream()
                        .filter(it -> it.variant() == variant && it.version().equals(version))
                        .findFirst();
        if (archive.filter(this::canBeHad).isEmpty()) {
            throw new ProviderException(absent(variant, version, archive));
        }
        return cache.programs(archive.get(), progress);
    }

    private List<Version> versions(Variant variant) {
        var archived =
                archives.stream()
                        .filter(it -> it.variant() == variant && canBeHad(it))
                        .map(Archive::version);
        return Stream.concat(installed(variant).keySet().stream(), archived)
                .distinct()
                .sorted()
                .toList();
    }

    private boolean canBeHad(Archive archive) {
        return Archive.fitThisMachine() && (mayFetch || cache.has(archive));
    }

    private String absent(Variant variant, Version version, Optional<Archive> archive) {
        var what = variant + " " + version;
        if (archive.isPresent() && !Archive.fitThisMachine()) {
            return "the archive of %s is for Linux on amd64 only; install %s on this machine"
                    .formatted(what, variant);
        }
        if (archive.isPresent()) {
            return "%s is not on this machine and archives are switched off; allow them, or install %s"
                    .formatted(what, variant);
        }
        return "there is no %s here; there is: %s"
                .formatted(
                        what,
                        versions(variant).stream()
                                .map(Version::text)
                                .collect(Collectors.joining(", ")));
    }

    private SortedMap<Version, Path> installed(Variant variant) {
        return machine().getOrDefault(variant, new TreeMap<>());
    }

    private Map<Variant, SortedMap<Version, Path>> machine() {
        return machine.or(() -> {
            var found = new EnumMap<Variant, SortedMap<Version, Path>>(Variant.class);
            for (var variant : Variant.values()) {
                EngineAdapter.adapterFor(variant)
                        .ifPresent(it -> found.put(variant, installed.of(variant, it)));
            }
            return found;
        });
    }
}
