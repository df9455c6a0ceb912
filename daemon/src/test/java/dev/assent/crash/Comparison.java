package dev.assent.crash;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What is recorded, compared with what is there: no server without a record, no record without a
/// server, no process that is nobody's.
///
/// @param recorded the port of each server in the record
/// @param folder the servers that are there
record Comparison(Map<String, Integer> recorded, ServersFolder folder) {

    /// What does not fit, a sentence each.
    List<String> differences() {
        var found = new ArrayList<String>();
        servers(found);
        processes(found);
        return found;
    }

    private void servers(List<String> found) {
        var there = folder.all();
        recorded.forEach((server, port) -> {
            var it = there.get(server);
            if (it == null) found.add(server + " is recorded, and there is no such server");
            else if (!it.built()) found.add(server + " is recorded, and is not built");
            else if (it.port() != port) found.add(server + " is recorded with another port");
        });
        for (var server : there.keySet()) {
            if (!recorded.containsKey(server)) found.add(server + " is there, and in no record");
        }
        if (new HashSet<>(recorded.values()).size() < recorded.size()) {
            found.add("two servers have the same port: " + recorded);
        }
    }

    private void processes(List<String> found) {
        var wanted =
                folder.all().values().stream()
                        .map(ServersFolder.Server::pid)
                        .collect(Collectors.toCollection(TreeSet::new));
        var there = folder.processes();
        there.forEach((pid, line) -> {
            if (!wanted.contains(pid))
                found.add("process %d is no server's: %s".formatted(pid, line));
        });
        for (var pid : wanted) {
            if (!there.containsKey(pid)) found.add("process " + pid + " of a server does not live");
        }
    }
}
