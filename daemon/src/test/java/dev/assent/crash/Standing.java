package dev.assent.crash;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a lane has at the moment, beside what never changes: where a workload begins and ends.
enum Standing {
    NOTHING(0, 0, false),
    /// A group of a primary server and a replica.
    TWO(2, 0, false),
    /// The same with two replicas.
    THREE(3, 0, false),
    /// A second group beside it.
    PAIR(3, 1, false),
    /// The second group follows the first.
    FOLLOWED(3, 1, true);

    /// The group that comes and goes.
    static final String WORK = "work";

    /// The second one.
    static final String COPY = "copy";

    /// The one that never goes.
    static final String KEEP = "keep";

    private final int servers;
    private final int copies;
    private final boolean following;

    Standing(int servers, int copies, boolean following) {
        this.servers = servers;
        this.copies = copies;
        this.following = following;
    }

    /// How many servers there are of the two groups.
    int servers() {
        return servers + copies;
    }

    /// Whether the second group has what the first has.
    boolean isFollowed() {
        return following;
    }

    /// The groups that come and go, and are there.
    List<String> groups() {
        if (servers == 0) return List.of();
        return copies == 0 ? List.of(WORK) : List.of(WORK, COPY);
    }

    /// The manifest that asks for it.
    String manifest(Stack stack) {
        var engines = new TreeMap<String, StringBuilder>();
        var sizes = new TreeMap<>(Map.of(WORK, servers, COPY, copies));
        add(engines, Stack.REDIS, KEEP, 1);
        sizes.forEach((group, size) -> {
            if (size > 0) add(engines, stack, group, size);
        });
        var manifest = new StringBuilder();
        engines.forEach((engine, groups) ->
                manifest.append(engine).append(":\n  groups:\n").append(groups));
        return manifest.toString();
    }

    private static void add(
            Map<String, StringBuilder> engines, Stack stack, String group, int servers) {
        engines.computeIfAbsent(stack.engine(), _ -> new StringBuilder())
                .append(stack.group(group, servers));
    }
}
