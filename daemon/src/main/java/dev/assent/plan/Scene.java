package dev.assent.plan;

import dev.assent.model.ApplicationName;
import dev.assent.model.Catalogue;
import dev.assent.model.Desired;
import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.RecordedGroup;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// All that a plan is worked out from, looked up by name.
final class Scene {

    private final Desired desired;
    private final Recorded recorded;
    private final Neighbours neighbours;
    private final Catalogue catalogue;
    private final Map<GroupName, DesiredGroup> declared = new HashMap<>();
    private final Map<GroupName, RecordedGroup> existing = new HashMap<>();
    private final List<RecordedGroup> undeclared = new ArrayList<>();
    private final Map<GroupName, List<String>> lacking = new HashMap<>();

    Scene(Desired desired, Recorded recorded, Neighbours neighbours, Catalogue catalogue) {
        if (!desired.application().equals(recorded.application())) {
            throw new IllegalArgumentException(
                    desired.application() + " is desired, " + recorded.application() + " recorded");
        }
        this.desired = desired;
        this.recorded = recorded;
        this.neighbours = neighbours;
        this.catalogue = catalogue;
        desired.groups().forEach(it -> declared.put(it.name(), it));
        recorded.groups().forEach(it -> existing.put(it.name(), it));
        recorded.groups().stream()
                .filter(it -> !declared.containsKey(it.name()))
                .forEach(undeclared::add);
    }

    /// The same with another record.
    Scene with(Recorded recorded) {
        return new Scene(desired, recorded, neighbours, catalogue);
    }

    Desired desired() {
        return desired;
    }

    Recorded recorded() {
        return recorded;
    }

    Catalogue catalogue() {
        return catalogue;
    }

    Optional<DesiredGroup> declared(GroupName name) {
        return Optional.ofNullable(declared.get(name));
    }

    Optional<RecordedGroup> existing(GroupName name) {
        return Optional.ofNullable(existing.get(name));
    }

    GroupAddress address(GroupName name) {
        return new GroupAddress(recorded.application(), name);
    }

    /// A recorded group of any application.
    Optional<RecordedGroup> existing(GroupAddress address) {
        return address.application().equals(recorded.application())
                ? existing(address.group())
                : neighbours.group(address);
    }

    /// The provider of another application, where it is known to be its own.
    Optional<String> providerOf(ApplicationName application) {
        return application.equals(recorded.application())
                ? Optional.empty()
                : neighbours.provider(application);
    }

    /// The groups of all applications that replicate from one of this application.
    List<GroupAddress> replicasOf(GroupName name) {
        return replicasOf(address(name));
    }

    /// The groups of all applications that replicate from one of any.
    List<GroupAddress> replicasOf(GroupAddress address) {
        var source = Optional.of(address);
        var replicas = new ArrayList<GroupAddress>();
        for (var group : recorded.groups()) {
            if (group.standing().replicatesFrom().equals(source)) {
                replicas.add(address(group.name()));
            }
        }
        replicas.addAll(neighbours.replicasOf(address));
        return replicas;
    }

    /// The groups that replicate from one, and those that replicate from these in turn, nearest
    /// first.
    List<GroupAddress> allBehind(GroupAddress address) {
        var behind = new LinkedHashSet<>(replicasOf(address));
        var next = new ArrayDeque<>(behind);
        while (!next.isEmpty()) {
            replicasOf(next.remove()).stream().filter(behind::add).forEach(next::add);
        }
        return List.copyOf(behind);
    }

    /// A group that gets whatever one holds, and that is protected from losing what it holds
    /// itself. Only where groups follow one another in a row does anybody get another group's data
    /// by way of a third.
    Optional<GroupAddress> protectedBehind(GroupName name) {
        return allBehind(address(name)).stream()
                .filter(it ->
                        existing(it).filter(that -> that.standing().isProtected()).isPresent())
                .findFirst();
    }

    /// How many groups follow one at most, one behind the other.
    int hopsBehind(GroupAddress address) {
        var hops = 0;
        var passed = new HashSet<GroupAddress>();
        var row = replicasOf(address);
        while (!row.isEmpty()) {
            hops++;
            row = row.stream().filter(passed::add).flatMap(it -> replicasOf(it).stream()).toList();
        }
        return hops;
    }

    /// The group at the end of those that a group follows one behind the other.
    GroupAddress origin(RecordedGroup group) {
        var passed = new LinkedHashSet<GroupAddress>();
        var next = group.standing().replicatesFrom();
        while (next.isPresent() && passed.add(next.get())) {
            next = existing(next.get()).flatMap(it -> it.standing().replicatesFrom());
        }
        return passed.getLast();
    }

    /// How many groups a group follows, one behind the other.
    int hops(RecordedGroup group) {
        var passed = new HashSet<GroupAddress>();
        var next = group.standing().replicatesFrom();
        while (next.isPresent() && passed.add(next.get())) {
            next = existing(next.get()).flatMap(it -> it.standing().replicatesFrom());
        }
        return passed.size();
    }

    /// What keeps a group from getting a further server, one phrase each.
    List<String> cannotGrow(RecordedGroup group) {
        var reasons = new ArrayList<String>();
        var variant = group.specification().variant();
        if (group.origin() == Recorded.Origin.ADOPTED) {
            reasons.add("the group is adopted, and Assent has no user to copy its data with");
        } else if (!catalogue.versions(variant).contains(group.version())) {
            reasons.add(
                    "provider %s no longer has %s %s"
                            .formatted(catalogue.provider(), variant, group.version()));
        } else {
            Buildable.replicaless(variant, catalogue).ifPresent(reasons::add);
        }
        group.standing()
                .replicatesFrom()
                .ifPresent(it ->
                        reasons.add(
                                "the group follows %s, and who follows has exactly one server"
                                        .formatted(it)));
        return reasons;
    }

    /// Why a further group may not have a name: its variables would be another's.
    Optional<String> clash(GroupName name) {
        if (name.variablePart().equals("REPLICA")) {
            return Optional.of(
                    "a group cannot be called %s: its variables would be those of the primary group's replicas"
                            .formatted(name.name()));
        }
        var others = new TreeSet<GroupName>();
        desired.groups().forEach(it -> others.add(it.name()));
        recorded.groups().forEach(it -> others.add(it.name()));
        return others.stream()
                .filter(name::sharesVariablesWith)
                .findFirst()
                .map(it ->
                        "%s and %s would have the same variables; name one of them differently"
                                .formatted(name, it));
    }

    /// What keeps a declared group from being built, one phrase each.
    List<String> lacking(DesiredGroup group) {
        return lacking.computeIfAbsent(group.name(), _ -> lackingNow(group));
    }

    private List<String> lackingNow(DesiredGroup group) {
        var lacking = new ArrayList<>(Buildable.lacking(group, catalogue));
        lacking.addAll(clashes(group.name()));
        return lacking;
    }

    /// The groups that exist, are not declared and have variables of a declared one, a phrase each.
    List<String> clashes(GroupName group) {
        // What is declared beside it was told apart when the manifest was read.
        return undeclared.stream()
                .filter(it -> group.sharesVariablesWith(it.name()))
                .map(it ->
                        "%s exists and has the same variables; remove that one first, or name this one differently"
                                .formatted(it.name()))
                .toList();
    }

    /// Why nothing that destroys data may be done to a protected group.
    String guarded(RecordedGroup group) {
        return "%s is protected; if its data may go: %s"
                .formatted(group.name(), Commands.unprotect(recorded.application(), group.name()));
    }
}
