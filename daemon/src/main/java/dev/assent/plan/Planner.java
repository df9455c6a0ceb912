package dev.assent.plan;

import dev.assent.model.Catalogue;
import dev.assent.model.Desired;
import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.Engine;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.Place;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.plan.Change.ReleaseGroup;
import dev.assent.plan.Change.RemoveGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Works out what must change. The same states and catalogue always give the same plan, byte for
/// byte.
///
/// Manifest edits alone never add or remove a server: what comes out of here is a proposal.
public final class Planner {

    private final Scene scene;
    private final Optional<String> commit;
    private final Draft draft = new Draft();
    private final FactDifference facts;
    private final Map<Engine, Optional<GroupName>> firsts = new EnumMap<>(Engine.class);

    private Planner(Scene scene, Optional<String> commit) {
        this.scene = scene;
        this.commit = commit;
        this.facts = new FactDifference(scene, draft, commit);
    }

    /// The difference desired − recorded of an application that nobody else's groups reach.
    ///
    /// @param commit the commit that the manifest was read from; empty for a file
    public static Plan plan(
            Desired desired, Recorded recorded, Catalogue catalogue, Optional<String> commit) {
        return plan(desired, recorded, Neighbours.NONE, catalogue, commit);
    }

    /// The difference desired − recorded.
    ///
    /// @param commit the commit that the manifest was read from; empty for a file
    public static Plan plan(
            Desired desired,
            Recorded recorded,
            Neighbours neighbours,
            Catalogue catalogue,
            Optional<String> commit) {
        var scene = new Scene(desired, recorded, neighbours, catalogue);
        return new Planner(scene, commit).plan();
    }

    private Plan plan() {
        primaryFirst(scene.desired().groups()).forEach(this::consider);
        var replications = new Replications(scene, draft, commit);
        replications.settle();
        var settled = replications.settled();
        scene.recorded().groups().stream()
                .filter(it -> scene.declared(it.name()).isEmpty())
                .sorted(Comparator.comparingInt(settled::hops).reversed())
                .forEach(it -> undeclared(it, settled));
        replications.explain();
        var unchanged =
                scene.desired().groups().stream().filter(it -> !draft.touches(it.name())).count();
        return draft.plan(scene, Math.toIntExact(unchanged));
    }

    /// In the order of the file, but that a group which is to be primary comes before the others of
    /// its engine: the first that is built becomes primary.
    private static List<DesiredGroup> primaryFirst(List<DesiredGroup> groups) {
        var primaries = new EnumMap<Engine, DesiredGroup>(Engine.class);
        groups.stream()
                .filter(DesiredGroup::primary)
                .forEach(it -> primaries.putIfAbsent(it.name().engine(), it));
        if (primaries.isEmpty()) return groups;
        var ordered = new ArrayList<DesiredGroup>();
        var begun = EnumSet.noneOf(Engine.class);
        for (var group : groups) {
            var primary = Optional.ofNullable(primaries.get(group.name().engine()));
            if (begun.add(group.name().engine())) primary.ifPresent(ordered::add);
            if (!primary.equals(Optional.of(group))) ordered.add(group);
        }
        return ordered;
    }

    private void consider(DesiredGroup group) {
        var existing = scene.existing(group.name());
        if (group.external()) {
            existing.ifPresent(_ -> nowExternal(group));
        } else if (existing.isPresent()) {
            new GroupDifference(scene, draft, commit).of(group, existing.get());
            facts.of(group, existing.get());
        } else {
            create(group);
        }
    }

    private void create(DesiredGroup group) {
        var lacking = scene.lacking(group);
        if (lacking.isEmpty()) {
            var version = scene.catalogue().newest(group.specification()).orElseThrow();
            var specification = group.specification().pinned(version);
            var primary = becomesPrimary(group);
            draft.propose(
                    new CreateGroup(
                            group.name(),
                            specification,
                            Origin.MANIFEST,
                            group.servers().stream().map(Buildable::server).toList(),
                            primary),
                    new Because.Declared(group.place(), commit));
            facts.ofNew(group, primary);
        } else if (group.servers().isEmpty() && !scene.recorded().neverBuilt()) {
            draft.notice(
                    new Notice(
                            Notice.Code.DECLARED,
                            Optional.of(group.name()),
                            "%s is declared without servers; a request to add it takes its specification"
                                    .formatted(group.name()),
                            Optional.of(group.place()),
                            List.of(Commands.addGroup(scene.recorded().application(), group))));
        } else {
            draft.notice(
                    Notice.Code.NOT_BUILT,
                    group.name(),
                    group.place(),
                    group.name() + " is not built: " + String.join("; ", lacking));
        }
    }

    /// The first group of an engine becomes its primary group, unless the manifest names another.
    private boolean becomesPrimary(DesiredGroup group) {
        return firsts.computeIfAbsent(group.name().engine(), this::first)
                .filter(group.name()::equals)
                .isPresent();
    }

    private Optional<GroupName> first(Engine engine) {
        if (scene.recorded().has(it -> it.name().engine() == engine)) return Optional.empty();
        var buildable =
                scene.desired().groups().stream()
                        .filter(it -> it.name().engine() == engine && !it.external())
                        .filter(it -> scene.lacking(it).isEmpty())
                        .toList();
        return buildable.stream()
                .filter(DesiredGroup::primary)
                .findFirst()
                .or(() -> buildable.stream().findFirst())
                .map(DesiredGroup::name);
    }

    /// @param settled what there is while it still exists
    private void undeclared(RecordedGroup group, Scene settled) {
        if (!group.standing().declared()) {
            says(
                    Notice.Code.UNMANAGED,
                    group.name(),
                    group.name() + " exists, and no manifest ever declared it; it stays",
                    List.of());
        } else if (scene.desired().groups().isEmpty()) {
            // The lesson of every GitOps accident: an empty file is no wish to lose everything.
            says(
                    Notice.Code.MANIFEST_GONE,
                    group.name(),
                    "the manifest declares no group at all any more; %s stays until its removal is asked for by name"
                            .formatted(group.name()),
                    List.of(Commands.removeGroup(scene.recorded().application(), group.name())));
        } else if (group.standing().isProtected()) {
            says(
                    Notice.Code.PROTECTED,
                    group.name(),
                    group.name() + " is gone from the manifest, but it is protected; it stays",
                    List.of(Commands.unprotect(scene.recorded().application(), group.name())));
        } else {
            follower(group, settled).ifPresentOrElse(it -> keep(group, it), () -> remove(group));
        }
    }

    /// Somebody who follows a group and is not about to go.
    private Optional<GroupAddress> follower(RecordedGroup group, Scene settled) {
        return settled.replicasOf(group.name()).stream()
                .filter(it ->
                        !it.application().equals(scene.recorded().application())
                                || !draft.removes(it.group()))
                .findFirst();
    }

    private void keep(RecordedGroup group, GroupAddress follower) {
        says(
                Notice.Code.NOT_YET,
                group.name(),
                "%s is gone from the manifest, but %s follows it; it stays until nobody does"
                        .formatted(group.name(), follower),
                List.of());
    }

    private void remove(RecordedGroup group) {
        var servers = group.servers().stream().map(RecordedServer::name).toList();
        draft.propose(
                group.origin() == Origin.ADOPTED
                        ? new ReleaseGroup(group.name(), servers)
                        : new RemoveGroup(group.name(), servers),
                new Because.Declared(Place.at(scene.desired().path(), 1, 1), commit));
    }

    private void says(Notice.Code code, GroupName group, String message, List<String> steps) {
        draft.notice(new Notice(code, Optional.of(group), message, Optional.empty(), steps));
    }

    private void nowExternal(DesiredGroup group) {
        draft.notice(
                Notice.Code.NOW_EXTERNAL,
                group.name(),
                group.place(),
                "%s is declared external, but Assent built it and still runs it; it stays as it is"
                        .formatted(group.name()));
    }
}
