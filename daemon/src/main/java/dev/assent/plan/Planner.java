package dev.assent.plan;

import dev.assent.model.Catalogue;
import dev.assent.model.Desired;
import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.GroupName;
import dev.assent.model.Place;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.plan.Change.RemoveGroup;
import dev.assent.plan.Plan.PlannedChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Works out what must change. The same states and catalogue always give the same plan, byte for
/// byte.
///
/// Manifest edits alone never add or remove a server: what comes out of here is a proposal.
public final class Planner {

    private final Desired desired;
    private final Recorded recorded;
    private final Catalogue catalogue;
    private final List<Step> additions = new ArrayList<>();
    private final List<Step> removals = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();

    private Planner(Desired desired, Recorded recorded, Catalogue catalogue) {
        this.desired = desired;
        this.recorded = recorded;
        this.catalogue = catalogue;
    }

    /// The difference desired − recorded.
    ///
    /// @param commit the commit that the manifest was read from; empty for a file
    public static Plan plan(
            Desired desired, Recorded recorded, Catalogue catalogue, Optional<String> commit) {
        if (!desired.application().equals(recorded.application())) {
            throw new IllegalArgumentException(
                    desired.application() + " is desired, " + recorded.application() + " recorded");
        }
        return new Planner(desired, recorded, catalogue).plan(commit);
    }

    private Plan plan(Optional<String> commit) {
        var unchanged = 0;
        for (var group : desired.groups()) {
            var before = additions.size() + removals.size() + notices.size();
            consider(group);
            if (additions.size() + removals.size() + notices.size() == before) unchanged++;
        }
        recorded.groups().stream().filter(it -> !declared(it.name())).forEach(this::undeclared);

        // Additions come before removals, so that a renamed group never leaves the application
        // without data.
        var changes = new ArrayList<PlannedChange>();
        for (var steps : List.of(additions, removals)) {
            for (var step : steps) {
                changes.add(
                        new PlannedChange(
                                "c" + (changes.size() + 1),
                                step.change(),
                                new Because(step.place(), commit)));
            }
        }
        return new Plan(desired.application(), recorded.serial(), changes, notices, unchanged);
    }

    private void consider(DesiredGroup group) {
        var existing = recorded.group(group.name());
        if (group.external()) {
            existing.ifPresent(_ -> notices.add(nowExternal(group)));
            return;
        }
        if (existing.isPresent()) {
            var difference = GroupDifference.of(group, existing.get(), catalogue);
            additions.addAll(difference.additions());
            removals.addAll(difference.removals());
            notices.addAll(difference.notices());
        } else {
            create(group);
        }
        for (var extension : group.extensions().entrySet()) {
            notices.add(notActedOn(group.name(), extension.getKey(), extension.getValue()));
        }
    }

    private void create(DesiredGroup group) {
        var lacking = Buildable.lacking(group, catalogue);
        if (lacking.isEmpty()) {
            var version = catalogue.newest(group.specification()).orElseThrow();
            additions.add(
                    new Step(
                            new CreateGroup(
                                    group.name(),
                                    group.specification().pinned(version),
                                    group.servers().stream().map(Buildable::server).toList(),
                                    becomesPrimary(group)),
                            group.place()));
        } else if (group.servers().isEmpty() && !recorded.neverBuilt()) {
            notices.add(
                    notice(
                            Notice.Code.DECLARED,
                            group,
                            group.name()
                                    + " is declared without servers; its specification is what a"
                                    + " request to add it will use"));
        } else {
            notices.add(
                    notice(
                            Notice.Code.NOT_BUILT,
                            group,
                            group.name() + " is not built: " + String.join("; ", lacking)));
        }
    }

    /// The first group of an engine becomes its primary group, unless the manifest names another.
    private boolean becomesPrimary(DesiredGroup group) {
        var engine = group.name().engine();
        if (recorded.has(it -> it.name().engine() == engine)) return false;
        var buildable =
                desired.groups().stream()
                        .filter(it -> it.name().engine() == engine && !it.external())
                        .filter(it -> Buildable.lacking(it, catalogue).isEmpty())
                        .toList();
        var primary =
                buildable.stream()
                        .filter(DesiredGroup::primary)
                        .findFirst()
                        .or(() -> buildable.stream().findFirst());
        return primary.map(it -> it.name().equals(group.name())).orElse(false);
    }

    private boolean declared(GroupName name) {
        return desired.groups().stream().anyMatch(it -> it.name().equals(name));
    }

    private void undeclared(RecordedGroup group) {
        if (group.origin() != Origin.MANIFEST) {
            notices.add(
                    new Notice(
                            Notice.Code.UNMANAGED,
                            Optional.of(group.name()),
                            group.name() + " exists, and no manifest ever declared it; it stays",
                            Optional.empty()));
        } else if (desired.groups().isEmpty()) {
            // The lesson of every GitOps accident: an empty file is no wish to lose everything.
            notices.add(
                    new Notice(
                            Notice.Code.MANIFEST_GONE,
                            Optional.of(group.name()),
                            "the manifest declares no group at all any more; "
                                    + group.name()
                                    + " stays until its removal is asked for by name",
                            Optional.empty()));
        } else {
            removals.add(
                    new Step(
                            new RemoveGroup(
                                    group.name(),
                                    group.servers().stream()
                                            .map(Recorded.RecordedServer::name)
                                            .collect(Collectors.toList())),
                            Place.at(desired.path(), 1, 1)));
        }
    }

    private static Notice nowExternal(DesiredGroup group) {
        return notice(
                Notice.Code.NOT_ACTED_ON,
                group,
                group.name()
                        + " is declared external, but Assent built it and still runs it; it stays"
                        + " as it is");
    }

    private static Notice notActedOn(GroupName group, String extension, Place place) {
        return new Notice(
                Notice.Code.NOT_ACTED_ON,
                Optional.of(group),
                "`" + extension + "` of " + group + " is read but not acted on by this version",
                Optional.of(place));
    }

    static Notice notice(Notice.Code code, DesiredGroup group, String message) {
        return new Notice(code, Optional.of(group.name()), message, Optional.of(group.place()));
    }

    /// A change and the place that asks for it.
    record Step(Change change, Place place) {}
}
