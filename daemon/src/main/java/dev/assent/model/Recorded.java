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

    /// The group that the engine's root-level environment variables point to.
    public Optional<RecordedGroup> primary(Engine engine) {
        return groups.stream()
                .filter(it -> it.primary() && it.name().engine() == engine)
                .findFirst();
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
    public record RecordedGroup(
            GroupName name,
            Specification specification,
            Origin origin,
            Standing standing,
            List<RecordedServer> servers) {

        public RecordedGroup {
            servers = List.copyOf(servers);
            if (servers.isEmpty()) {
                throw new IllegalArgumentException("a group has at least one server: " + name);
            }
            if (specification.version().isEmpty()) {
                throw new IllegalArgumentException("what exists has a version: " + name);
            }
        }

        public RecordedServer primaryServer() {
            return servers.getFirst();
        }

        /// The version of its servers.
        public Version version() {
            return specification.version().orElseThrow();
        }

        public Optional<RecordedServer> server(ServerName name) {
            return servers.stream().filter(it -> it.name().equals(name)).findFirst();
        }

        /// Whether the root-level environment variables point to it.
        public boolean primary() {
            return standing.primary();
        }

        public RecordedGroup with(Specification specification) {
            return new RecordedGroup(name, specification, origin, standing, servers);
        }

        public RecordedGroup with(Standing standing) {
            return new RecordedGroup(name, specification, origin, standing, servers);
        }

        /// The same with other servers, the primary server first.
        public RecordedGroup with(List<RecordedServer> servers) {
            return new RecordedGroup(name, specification, origin, standing, servers);
        }
    }

    /// What is decided of a group that exists and can be decided otherwise.
    ///
    /// @param declared whether a manifest declares it or once did; only then can it be gone from
    ///   one
    /// @param primary whether the root-level environment variables point to it
    /// @param isProtected whether nothing may destroy its data, whatever a manifest says
    /// @param replicatesFrom the group whose data it follows
    /// @param backups when copies of its data are taken
    public record Standing(
            boolean declared,
            boolean primary,
            boolean isProtected,
            Optional<GroupAddress> replicatesFrom,
            Optional<Backups> backups) {

        /// Of a group that was just built: on its own, unprotected, without backups.
        public static Standing fresh(Origin origin, boolean primary) {
            return new Standing(
                    origin == Origin.MANIFEST, primary, false, Optional.empty(), Optional.empty());
        }

        public Standing withDeclared(boolean declared) {
            return new Standing(declared, primary, isProtected, replicatesFrom, backups);
        }

        public Standing withPrimary(boolean primary) {
            return new Standing(declared, primary, isProtected, replicatesFrom, backups);
        }

        public Standing withProtection(boolean isProtected) {
            return new Standing(declared, primary, isProtected, replicatesFrom, backups);
        }

        public Standing withReplication(Optional<GroupAddress> source) {
            return new Standing(declared, primary, isProtected, source, backups);
        }

        public Standing withBackups(Optional<Backups> backups) {
            return new Standing(declared, primary, isProtected, replicatesFrom, backups);
        }
    }

    /// One server that exists, and where it listens.
    public record RecordedServer(ServerSpec spec, Endpoint endpoint) {

        public ServerName name() {
            return spec.name();
        }
    }
}
