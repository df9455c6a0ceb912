package dev.assent.crash;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a lane's daemon is asked to do while it is disturbed; they follow each other round and
/// round, so that each begins where the one before has left off.
enum Workload {
    /// Builds a group of a primary server and a replica.
    CREATE(2),
    /// Adds a second replica.
    SCALE(3),
    /// Removes the group.
    REMOVE(0);

    /// The group that comes and goes.
    static final String GROUP = "work";

    private final int servers;

    Workload(int servers) {
        this.servers = servers;
    }

    static Optional<Workload> of(String word) {
        return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Workload next() {
        return switch (this) {
            case CREATE -> SCALE;
            case SCALE -> REMOVE;
            case REMOVE -> CREATE;
        };
    }

    /// How many servers the group has when it is done.
    int servers() {
        return servers;
    }

    /// The groups that lose their data by it.
    List<String> destroyed(Stack stack) {
        return this == REMOVE ? List.of(stack.engine() + "/" + GROUP) : List.of();
    }

    /// The manifest that asks for it.
    String manifest(Stack stack) {
        return stack.manifest("keep", 1) + (servers == 0 ? "" : stack.group(GROUP, servers));
    }

    /// The engine of a lane.
    ///
    /// @param engine as a component of a manifest
    record Stack(String engine, String version) {

        static final Stack REDIS = new Stack("redis", "7.0");
        static final Stack POSTGRESQL = new Stack("postgresql", "15");

        String manifest(String group, int servers) {
            return engine + ":\n  groups:\n" + group(group, servers);
        }

        String group(String group, int servers) {
            return "    %s:\n      configuration: {version: \"%s\"}\n      servers:\n"
                            .formatted(group, version)
                    + IntStream.rangeClosed(1, servers)
                            .mapToObj(
                                    "      - server: {unique_name: %s-%%d}%n".formatted(group)
                                            ::formatted)
                            .collect(Collectors.joining());
        }
    }
}
