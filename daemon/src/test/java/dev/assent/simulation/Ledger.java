package dev.assent.simulation;

import static dev.assent.simulation.Violation.check;

import dev.assent.model.ApplicationName;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.ServerKey;
import dev.assent.model.ServerName;
import dev.assent.model.ServerSpec;
import dev.assent.plan.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What the record has to be: what the changes that were carried out make of nothing. Of a group
/// that is the servers, the primary server first, and whom it has its data from.
final class Ledger {

    private final Map<ApplicationName, Map<GroupName, List<ServerName>>> records = new HashMap<>();
    private final Map<ApplicationName, Long> serials = new HashMap<>();
    private final Map<GroupAddress, GroupAddress> follows = new HashMap<>();

    long serial(ApplicationName application) {
        return serials.getOrDefault(application, 0L);
    }

    void write(ApplicationName application, Change change) {
        serials.merge(application, 1L, Long::sum);
        var groups = records.computeIfAbsent(application, _ -> new HashMap<>());
        var group = change.group();
        var address = new GroupAddress(application, group);
        var servers = groups.getOrDefault(group, List.of());
        switch (change) {
            case Change.CreateGroup it -> groups.put(group, names(it.servers()));
            case Change.AddServer it -> servers.add(it.server().name());
            case Change.RemoveServer it -> servers.remove(it.server());
            case Change.RemoveGroup _ -> {
                groups.remove(group);
                follows.remove(address);
            }
            case Change.PromoteServer it -> {
                servers.remove(it.server());
                servers.addFirst(it.server());
            }
            case Change.StartReplication it -> follows.put(address, it.source());
            case Change.StopReplication _ -> follows.remove(address);
            default -> {}
        }
    }

    private static List<ServerName> names(List<ServerSpec> servers) {
        return servers.stream()
                .map(ServerSpec::name)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /// Whether a group is another one, or has its data from there.
    boolean reaches(GroupAddress from, GroupAddress to) {
        return from.equals(to)
                || Optional.ofNullable(follows.get(to)).filter(it -> reaches(from, it)).isPresent();
    }

    /// The record is that, and nothing else.
    ///
    /// @return the servers that are recorded
    Set<ServerKey> compare(Collection<Recorded> stored) {
        var recorded = new HashSet<ServerKey>();
        for (var it : stored) {
            check(it.serial() == serial(it.application()), "the serial: %s", it);
            var groups = records.getOrDefault(it.application(), Map.of());
            check(it.groups().size() == groups.size(), "%s, not %s", it.groups(), groups);
            for (var group : it.groups()) {
                var names = group.servers().stream().map(RecordedServer::name).toList();
                var mine = groups.getOrDefault(group.name(), List.of());
                check(Set.copyOf(names).equals(Set.copyOf(mine)), "%s, not %s", names, mine);
                check(names.getFirst().equals(mine.getFirst()), "primary: %s, %s", names, mine);
                names.forEach(s -> recorded.add(new ServerKey(it.application(), group.name(), s)));
            }
        }
        return recorded;
    }
}
