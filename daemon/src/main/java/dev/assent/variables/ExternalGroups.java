package dev.assent.variables;

import dev.assent.model.Desired;
import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.Engine;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The external groups of an application: those whose address was told, and those whose wasn't.
///
/// @param told in the order of the manifest
public record ExternalGroups(List<ExternalGroup> told, List<GroupName> untold) {

    public static final ExternalGroups NONE = new ExternalGroups(List.of(), List.of());

    public ExternalGroups {
        told = List.copyOf(told);
        untold = List.copyOf(untold);
    }

    /// Which of those that were told count: the ones that the manifest declares external and that
    /// Assent has not built. While no manifest can be read all count, as they did before, so that a
    /// mistake in a manifest never takes variables away.
    public static ExternalGroups of(
            Optional<Desired> desired, Recorded recorded, List<ExternalGroup> told) {
        return desired.map(it -> declared(it, recorded, told))
                .orElseGet(() ->
                        new ExternalGroups(
                                told.stream()
                                        .filter(it -> recorded.group(it.name()).isEmpty())
                                        .toList(),
                                List.of()));
    }

    private static ExternalGroups declared(
            Desired desired, Recorded recorded, List<ExternalGroup> told) {
        var external = external(desired, recorded);
        var leaders = leaders(external);
        return new ExternalGroups(
                external.stream()
                        .flatMap(it -> of(it.name(), told).stream())
                        .map(it -> it.leading(it.name().equals(leaders.get(it.name().engine()))))
                        .toList(),
                external.stream()
                        .map(DesiredGroup::name)
                        .filter(it -> of(it, told).isEmpty())
                        .toList());
    }

    private static Optional<ExternalGroup> of(GroupName name, List<ExternalGroup> told) {
        return told.stream().filter(it -> it.name().equals(name)).findFirst();
    }

    /// Whether a group leads those of its engine, told or not: that one is told later moves no
    /// variable that another one has.
    public static boolean leads(GroupName group, Desired desired, Recorded recorded) {
        return group.equals(leaders(external(desired, recorded)).get(group.engine()));
    }

    private static List<DesiredGroup> external(Desired desired, Recorded recorded) {
        return desired.groups().stream()
                .filter(DesiredGroup::external)
                .filter(it -> recorded.group(it.name()).isEmpty())
                .toList();
    }

    /// The one that its manifest calls primary, else the first.
    private static Map<Engine, GroupName> leaders(List<DesiredGroup> external) {
        var leaders = new EnumMap<Engine, GroupName>(Engine.class);
        external.stream()
                .sorted(Comparator.comparing(DesiredGroup::primary).reversed())
                .forEach(it -> leaders.putIfAbsent(it.name().engine(), it.name()));
        return leaders;
    }
}
