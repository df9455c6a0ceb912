package dev.assent.reconcile.account;

import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.plan.Because;
import dev.assent.plan.Change.AdoptGroup;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.plan.Change.SetPrimary;
import dev.assent.plan.Foreseen;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.state.Assent;
import dev.assent.state.StoredPlan;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Who made a group what it is: for everything that is recorded of it, the change that made it so.
///
/// @param lines in the order in which a person reads them
public record Blame(GroupAddress group, List<Line> lines) {

    public Blame {
        lines = List.copyOf(lines);
    }

    /// One thing that is so.
    ///
    /// @param name `configuration.version`
    /// @param value as it is recorded
    /// @param cause what made it so; empty where no plan that can be read tells
    public record Line(String name, String value, Optional<Cause> cause) {

        /// Whether it is what somebody names: by its whole name, its last part, or what it is part
        /// of.
        public boolean is(String text) {
            return name.equals(text) || name.endsWith("." + text) || name.startsWith(text + ".");
        }
    }

    /// The change that made something so.
    ///
    /// @param change its id in the plan
    /// @param because the commit or the request that wanted it
    /// @param plan the plan that it was part of
    /// @param assents who agreed to it
    /// @param at when it was written into the record
    public record Cause(
            String change, Because because, StoredPlan plan, List<Assent> assents, Instant at) {}

    /// Goes once more through all that was done to the application, in order, and notes what each
    /// change left otherwise than it found it.
    ///
    /// @param courses the plans that changed the record, the earliest first
    /// @return empty where there is no such group
    public static Optional<Blame> of(Recorded now, GroupName name, List<Course> courses) {
        return now.group(name)
                .map(group -> {
                    var last = GroupState.of(group);
                    var trail = trail(now, name, courses);
                    return new Blame(
                            new GroupAddress(now.application(), name),
                            last.entrySet().stream()
                                    .map(it ->
                                            new Line(
                                                    it.getKey(),
                                                    it.getValue(),
                                                    Optional.ofNullable(trail.get(it.getKey()))
                                                            .filter(made ->
                                                                    made.value()
                                                                            .equals(it.getValue()))
                                                            .map(Made::cause)))
                                    .toList());
                });
    }

    /// The same, narrowed to what somebody names.
    public Blame only(String text) {
        return new Blame(group, lines.stream().filter(it -> it.is(text)).toList());
    }

    private record Made(String value, Cause cause) {}

    private static Map<String, Made> trail(Recorded now, GroupName name, List<Course> courses) {
        var trail = new HashMap<String, Made>();
        var record = Recorded.nothing(now.application());
        for (var course : courses) {
            for (var planned : course.done()) {
                var before = state(record, name);
                record = after(record, course, planned);
                var after = state(record, name);
                trail.keySet().retainAll(after.keySet());
                after.forEach((key, value) -> {
                    if (Objects.equals(before.get(key), value)) return;
                    trail.put(key, new Made(value, cause(course, planned)));
                });
            }
        }
        return trail;
    }

    private static Map<String, String> state(Recorded record, GroupName name) {
        return record.group(name).map(GroupState::of).orElseGet(Map::of);
    }

    /// As the record was written: where the group that was to be primary is held back, the first
    /// one that is built becomes it.
    private static Recorded after(Recorded before, Course course, PlannedChange planned) {
        var after = Foreseen.after(before, planned.change());
        var group = planned.change().group();
        var builds =
                planned.change() instanceof CreateGroup || planned.change() instanceof AdoptGroup;
        if (!builds || after.primary(group.engine()).isPresent()) return after;
        var othersWill =
                course.agreed().stream()
                        .map(PlannedChange::change)
                        .anyMatch(it ->
                                it instanceof CreateGroup create
                                        && create.primary()
                                        && create.group().engine() == group.engine());
        return othersWill ? after : Foreseen.after(after, new SetPrimary(group, Optional.empty()));
    }

    private static Cause cause(Course course, PlannedChange planned) {
        return new Cause(
                planned.id(),
                planned.because(),
                course.stored(),
                course.assents(planned),
                course.since(planned).orElseThrow());
    }
}
