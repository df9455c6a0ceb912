package dev.assent.manifest;

import dev.assent.manifest.Layout.Component;
import dev.assent.manifest.Reading.Invalid;
import dev.assent.manifest.Reading.Valid;
import dev.assent.model.Desired.DesiredGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.TreeMap;

/// Reads manifests. One reader serves any number of threads; its schema is compiled once.
public final class ManifestReader {

    /// No file with more bytes is read.
    public static final int MAX_BYTES = 1 << 20;

    private final SchemaCheck schema = new SchemaCheck(SchemaFile.MANIFEST);

    /// Reads one file; all that is wrong with it in one go.
    ///
    /// @param path for places in messages only
    /// @param environments the configured environments: a top-level key of one of these names is an
    ///   environment whatever it holds
    public Reading read(String path, byte[] bytes, Collection<String> environments) {
        var problems = Decoding.decode(path, bytes);
        if (problems.hasErrors()) return new Invalid(problems.sorted());
        return TreeBuilder.build(problems)
                .map(built -> read(built, environments, problems))
                .orElseGet(() -> new Invalid(problems.sorted()));
    }

    private Reading read(
            TreeBuilder.Built built, Collection<String> environments, Problems problems) {
        var layout = layout(built.root(), environments, problems);
        built.findings().stream()
                .filter(it -> layout.concerns(it.spot().pointer()))
                .forEach(it -> problems.add(it.code(), it.spot(), it.message(), it.remedy()));
        schema.check(built.root(), problems, layout::concerns);
        var manifest = manifest(layout, problems);
        return problems.hasErrors()
                ? new Invalid(problems.sorted())
                : new Valid(manifest, problems.sorted());
    }

    /// What is no mapping has no layout; the schema says so.
    private static Layout layout(Tree root, Collection<String> environments, Problems problems) {
        var mapping =
                root instanceof Tree.Mapping it
                        ? it
                        : new Tree.Mapping(root.place(), root.pointer(), List.of(), false);
        return Layout.of(mapping, environments, problems);
    }

    private static Manifest manifest(Layout layout, Problems problems) {
        var groups = groups(layout, problems);
        var environments = new TreeMap<String, List<DesiredGroup>>();
        for (var environment : layout.environments().keySet()) {
            environments.put(
                    environment,
                    resolved(layout.of(environment), groups, layout, environment, problems));
        }
        return new Manifest(
                problems.source().path(),
                resolved(layout.components(), groups, layout, "", problems),
                environments);
    }

    /// The groups of each component, read once however many environments it speaks for.
    private static IdentityHashMap<Component, List<DeclaredGroup>> groups(
            Layout layout, Problems problems) {
        var reader = new ComponentReader(problems);
        var groups = new IdentityHashMap<Component, List<DeclaredGroup>>();
        var all = new ArrayList<>(layout.components());
        layout.environments().values().forEach(all::addAll);
        for (var component : all) {
            groups.put(
                    component,
                    component
                            .engine()
                            .map(engine -> reader.read(engine, component.entry()))
                            .orElse(List.of()));
        }
        return groups;
    }

    private static List<DesiredGroup> resolved(
            List<Component> components,
            IdentityHashMap<Component, List<DeclaredGroup>> groups,
            Layout layout,
            String environment,
            Problems problems) {
        var declared =
                components.stream()
                        .flatMap(it -> groups.getOrDefault(it, List.of()).stream())
                        .sorted(
                                Comparator.<DeclaredGroup>comparingInt(
                                                it -> it.spot().place().line())
                                        .thenComparingInt(it -> it.spot().place().column()))
                        .toList();
        var others = components.stream().filter(it -> it.engine().isEmpty()).toList();
        var servers = KnownServers.of(declared, others, layout.homes(), problems);
        return ApplicationCheck.check(declared, servers, environment, problems);
    }
}
