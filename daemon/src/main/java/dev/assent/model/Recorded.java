package dev.assent.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The record of one application: what exists, as the system built or adopted it. Every change to
/// it raises the serial; an application that was never built has serial 0 and no groups.
public record Recorded(ApplicationName application, long serial, List<RecordedGroup> groups) {

    public Recorded {
        groups = List.copyOf(groups);
        if (serial < 0) throw new IllegalArgumentException("a serial counts from 0: " + serial);
    }

    /// The record of an application of which nothing was ever built.
    public static Recorded nothing(ApplicationName application) {
        return new Recorded(application, 0, List.of());
    }

    public boolean neverBuilt() {
        return serial == 0 && groups.isEmpty();
    }

    public Optional<RecordedGroup> group(GroupName name) {
        return groups.stream().filter(group -> group.name().equals(name)).findFirst();
    }

    /// Whether some group satisfies the predicate.
    public boolean has(Predicate<RecordedGroup> predicate) {
        return groups.stream().anyMatch(predicate);
    }

    /// Where a group came from. Only what a manifest once declared can be gone from it.
    public enum Origin {
        MANIFEST,
        REQUEST,
        ADOPTED
    }

    /// One group that exists. Its version is decided; its first server is the primary server.
    ///
    /// @param primary whether the root-level environment variables point to it
    public record RecordedGroup(
            GroupName name,
            Specification specification,
            Origin origin,
            boolean primary,
            List<RecordedServer> servers) {

        public RecordedGroup {
            servers = List.copyOf(servers);
            if (servers.isEmpty()) {
                throw new IllegalArgumentException("a group has at least one server: " + name);
            }
        }

        public RecordedServer primaryServer() {
            return servers.getFirst();
        }
    }

    /// One server that exists, and where it listens.
    public record RecordedServer(ServerSpec spec, Endpoint endpoint) {

        public ServerName name() {
            return spec.name();
        }
    }
}
