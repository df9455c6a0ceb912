package dev.assent.plan;

import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.plan.Request.AddGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The request for a further group: as the manifest specifies it where it names it, else the newest
/// version that the provider can build, pinned in the plan.
final class GroupAddition {

    private final Scene scene;
    private final Draft draft;
    private final Because because;

    GroupAddition(Scene scene, Draft draft, Because because) {
        this.scene = scene;
        this.draft = draft;
        this.because = because;
    }

    Optional<String> refuse(AddGroup request) {
        var name = request.group();
        if (scene.existing(name).isPresent()) {
            return Optional.of("there is a group %s already".formatted(name));
        }
        return scene.declared(name)
                .map(it -> declared(request, it))
                .orElseGet(() -> undeclared(request));
    }

    private Optional<String> declared(AddGroup request, DesiredGroup group) {
        var place = RequestPlanner.at(group.place());
        if (group.external()) {
            return Optional.of(
                    "%s is declared external at %s; nothing is built for it"
                            .formatted(group.name(), place));
        }
        var specification = group.specification();
        if (request.variant().filter(it -> it != specification.variant()).isPresent()) {
            return Optional.of(
                    "the manifest says that %s is %s, at %s; change it there"
                            .formatted(group.name(), specification.variant(), place));
        }
        var contradicted =
                request.version()
                        .flatMap(it -> specification.version().filter(own -> !it.satisfies(own)));
        if (contradicted.isPresent()) {
            return Optional.of(
                    "the manifest says that %s has version %s, at %s; change it there"
                            .formatted(group.name(), contradicted.get(), place));
        }
        var lacking = lacking(group);
        if (!lacking.isEmpty()) {
            return Optional.of(
                    "%s cannot be built as it is declared at %s: %s"
                            .formatted(group.name(), place, String.join("; ", lacking)));
        }
        if (!group.servers().isEmpty()) {
            var servers = group.servers().stream().map(Buildable::server).toList();
            return create(request, specification, Origin.MANIFEST, servers);
        }
        return create(request, specification, Origin.MANIFEST, List.of(server(group.name())));
    }

    /// A group without servers gets one, so that it lacks none.
    private List<String> lacking(DesiredGroup group) {
        if (!group.servers().isEmpty()) return scene.lacking(group);
        var lacking = new ArrayList<>(Buildable.unavailable(group, scene.catalogue()));
        lacking.addAll(scene.clashes(group.name()));
        return lacking;
    }

    private Optional<String> undeclared(AddGroup request) {
        var clash = scene.clash(request.group());
        if (clash.isPresent()) return clash;
        var variant = request.variant().orElse(Variant.defaultOf(request.group().engine()));
        if (variant.engine() != request.group().engine()) {
            return Optional.of(
                    "%s is no variant of %s; it has %s"
                            .formatted(
                                    variant,
                                    request.group().engine(),
                                    Variant.of(request.group().engine()).stream()
                                            .map(Variant::word)
                                            .collect(Collectors.joining(", "))));
        }
        var server = server(request.group());
        return create(request, Specification.of(variant), Origin.REQUEST, List.of(server));
    }

    private ServerSpec server(GroupName group) {
        var name = new ServerNames(scene).next(group.engine() + "-" + group.name());
        return new ServerSpec(name, new TreeMap<>());
    }

    private Optional<String> create(
            AddGroup request, Specification wanted, Origin origin, List<ServerSpec> servers) {
        var precise = request.version().map(wanted::pinned).orElse(wanted);
        var catalogue = scene.catalogue();
        var version = catalogue.newest(precise);
        if (version.isEmpty()) {
            return Optional.of(
                    Buildable.absent(precise, catalogue, "ask for it with `--variant %s`"));
        }
        var missing =
                catalogue.requires().stream()
                        .filter(it -> !servers.getFirst().settings().containsKey(it))
                        .toList();
        if (!missing.isEmpty()) {
            return Optional.of(
                    "provider %s needs %s of every server; declare the group with them in the manifest"
                            .formatted(catalogue.provider(), String.join(", ", missing)));
        }
        var engine = request.group().engine();
        draft.propose(
                new CreateGroup(
                        request.group(),
                        precise.pinned(version.get()),
                        origin,
                        servers,
                        !scene.recorded().has(it -> it.name().engine() == engine)),
                because);
        return Optional.empty();
    }
}
