package dev.assent.manifest;

import dev.assent.manifest.BoundedParser.Exceeded;
import dev.assent.manifest.Layout.Component;
import dev.assent.manifest.Reading.Invalid;
import dev.assent.manifest.Reading.Valid;
import dev.assent.model.Desired.DesiredGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Reads manifests. One reader serves any number of threads; its schema is compiled once.
public final class ManifestReader {

    /// No file with more bytes is read.
    public static final int MAX_BYTES = 1 << 20;

    private final SchemaCheck schema = new SchemaCheck(SchemaFile.MANIFEST);
    private final LongSupplier clock;

    /// A reader that takes at most a second for a file.
    ///
    /// @param clock nanoseconds from any beginning; those that the processor works for the calling
    ///   thread, where a machine that is busy with other things must not make a file too slow
    public ManifestReader(LongSupplier clock) {
        this.clock = clock;
    }

    /// Reads one file; all that is wrong with it in one go.
    ///
    /// @param path for places in messages only
    /// @param environments the configured environments: a top-level key of one of these names is an
    ///   environment whatever it holds
    public Reading read(String path, byte[] bytes, Collection<String> environments) {
        var problems = Decoding.decode(path, bytes);
        if (problems.hasErrors()) return new Invalid(problems.sorted());
        var budget = new Budget(clock);
        return TreeBuilder.build(problems, budget)
                .map(built -> read(built, environments, problems, budget))
                .orElseGet(() -> new Invalid(problems.sorted()));
    }

    private Reading read(
            TreeBuilder.Built built,
            Collection<String> environments,
            Problems problems,
            Budget budget) {
        KeysBeside.check(built.root(), environments, problems);
        var layout = layout(built.root(), environments, problems);
        built.oddities().stream()
                .filter(it -> layout.concerns(it.spot().pointer()))
                .forEach(it -> it.report(problems));
        schema.check(built.root(), problems, layout::concerns);
        var manifest = manifest(layout, problems, budget);
        return manifest.isEmpty() || problems.hasErrors()
                ? new Invalid(problems.sorted())
                : new Valid(manifest.get(), problems.sorted());
    }

    /// What is no mapping has no layout; the schema says so.
    private static Layout layout(Tree root, Collection<String> environments, Problems problems) {
        var mapping =
                root instanceof Tree.Mapping it
                        ? it
                        : new Tree.Mapping(root.place(), root.pointer(), List.of(), false);
        return Layout.of(mapping, environments, problems);
    }

    /// What the file declares, checked for each environment; empty, with a problem, where that
    /// takes too long.
    private static Optional<Manifest> manifest(Layout layout, Problems problems, Budget budget) {
        var source = problems.source();
        try {
            var groups = groups(layout, problems);
            var environments = layout.environments().keySet();
            for (var environment : environments) {
                resolved(layout.of(environment), groups, layout, environment, problems, budget);
            }
            resolved(layout.components(), groups, layout, "", problems, budget);
            return Optional.of(
                    new Manifest(
                            source.path(),
                            environments,
                            it ->
                                    resolved(
                                            layout.of(it),
                                            groups,
                                            layout,
                                            it,
                                            new Problems(source),
                                            Budget.unlimited())));
        } catch (Exceeded exceeded) {
            exceeded.mistake(source).report(Optional.empty(), source, problems);
            return Optional.empty();
        }
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
            Problems problems,
            Budget budget) {
        var declared =
                components.stream()
                        .flatMap(it -> groups.getOrDefault(it, List.of()).stream())
                        .sorted(
                                Comparator.<DeclaredGroup>comparingInt(
                                                it -> it.spot().place().line())
                                        .thenComparingInt(it -> it.spot().place().column()))
                        .toList();
        var others = components.stream().filter(it -> it.engine().isEmpty()).toList();
        declared.forEach(_ -> budget.spend());
        var servers = KnownServers.of(declared, others, layout.homes(), problems, budget);
        return ApplicationCheck.check(
                SettingComponents.into(declared, others, problems), servers, environment, problems);
    }
}
