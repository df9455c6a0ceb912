package dev.assent.provider.local;

import dev.assent.engine.EngineAdapter;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.provider.ProviderException;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/// What this machine has to offer to a local provider. Nothing is built or changed.
public final class LocalInspection {

    private final LocalSettings settings;
    private final ProgramCache cache;
    private final InstalledPrograms installed = new InstalledPrograms(Path.of("/"));

    public LocalInspection(LocalSettings settings) {
        this.settings = settings;
        this.cache =
                new ProgramCache(settings.cache(), new ArchiveStore(settings.mavenRepository()));
    }

    /// The user that servers run as.
    ///
    /// @throws ProviderException if there is none
    public String user() throws IOException {
        return ServersUser.choose(settings.runAs()).name();
    }

    /// How many of the first thousand ports of the range are free.
    public int freePorts() {
        var ports = new Ports(settings.host(), settings.firstPort(), settings.lastPort());
        return (int) tried().filter(ports::isFree).count();
    }

    /// How many ports were tried for that.
    public int triedPorts() {
        return (int) tried().count();
    }

    private IntStream tried() {
        return IntStream.rangeClosed(settings.firstPort(), settings.lastPort()).limit(1_000);
    }

    /// Where the programs of an engine can be had.
    ///
    /// @param here the versions that are installed or unpacked
    /// @param archived those that would be fetched
    public record Programs(List<Version> here, List<Version> archived) {
        public Programs {
            here = List.copyOf(here);
            archived = List.copyOf(archived);
        }
    }

    /// By engine; those that are neither here nor in any archive are left out.
    public Map<Variant, Programs> programs() {
        var all = new EnumMap<Variant, Programs>(Variant.class);
        for (var variant : Variant.values()) {
            EngineAdapter.adapterFor(variant)
                    .map(it -> programs(variant, it))
                    .filter(it -> !it.here().isEmpty() || archives(variant).findAny().isPresent())
                    .ifPresent(it -> all.put(variant, it));
        }
        return all;
    }

    private Programs programs(Variant variant, EngineAdapter adapter) {
        var packed = archives(variant).toList();
        var unpacked = packed.stream().filter(cache::has).map(Archive::version);
        var here =
                Stream.concat(installed.of(variant, adapter).keySet().stream(), unpacked)
                        .distinct()
                        .sorted()
                        .toList();
        return new Programs(
                here,
                settings.archives() && Archive.fitThisMachine()
                        ? packed.stream()
                                .map(Archive::version)
                                .filter(it -> !here.contains(it))
                                .sorted()
                                .toList()
                        : List.of());
    }

    private static Stream<Archive> archives(Variant variant) {
        return Archive.known().stream().filter(it -> it.variant() == variant);
    }

    /// Whether archives of engines can be reached, by the small file that describes each; why not,
    /// where they can't.
    public Optional<String> archivesUnreachable(Collection<Variant> variants) {
        var overrides = ContextOverrides.create().withUserSettings(true);
        settings.mavenRepository().ifPresent(overrides::withLocalRepositoryOverride);
        var requests =
                Archive.known().stream()
                        .filter(it -> Set.copyOf(variants).contains(it.variant()))
                        .collect(
                                Collectors.toMap(Archive::variant, it -> it, (_, newest) -> newest))
                        .values();
        try (var maven = Runtimes.INSTANCE.getRuntime().create(overrides.build())) {
            for (var it : requests) {
                var parts = it.artifact().split(":");
                maven.repositorySystem()
                        .resolveArtifact(
                                maven.repositorySystemSession(),
                                new ArtifactRequest(
                                        new DefaultArtifact(parts[0], parts[1], "pom", parts[2]),
                                        maven.remoteRepositories(),
                                        "assent"));
            }
            return Optional.empty();
        } catch (ArtifactResolutionException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
