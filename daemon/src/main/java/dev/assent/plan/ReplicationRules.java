package dev.assent.plan;

import dev.assent.model.Engine;
import dev.assent.model.GroupAddress;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import java.util.HashSet;
import java.util.Optional;

/// Which group may follow which (DOMAIN §5): same engine and compatible version, one server, no
/// cascades, no circles, MongoDB not between applications.
final class ReplicationRules {

    private final Scene scene;

    ReplicationRules(Scene scene) {
        this.scene = scene;
    }

    /// Why a group may not follow a source, in a sentence; empty where it may.
    ///
    /// @param specification of the group, with its version decided
    /// @param servers how many it has or will have
    Optional<String> forbid(
            GroupAddress group, Specification specification, int servers, GroupAddress source) {
        if (group.equals(source)) return Optional.of(group.group() + " cannot follow itself");
        if (group.group().engine() != source.group().engine()) {
            return Optional.of(
                    "%s is another engine than %s".formatted(source.group(), group.group()));
        }
        if (!scene.catalogue().replicates().contains(specification.variant())) {
            return Optional.of(
                    "provider %s cannot have a group of %s follow another one"
                            .formatted(scene.catalogue().provider(), specification.variant()));
        }
        if (group.group().engine() == Engine.MONGODB
                && !group.application().equals(source.application())) {
            return Optional.of("MongoDB does not replicate between applications");
        }
        if (servers != 1) {
            return Optional.of(
                    "it has %d servers, and a group that follows another one has exactly one"
                            .formatted(servers));
        }
        var replicas = scene.replicasOf(group.group());
        if (!replicas.isEmpty()) {
            return Optional.of(
                    "%s follows it already, and a source cannot be a replica"
                            .formatted(replicas.getFirst()));
        }
        return scene.existing(source)
                .map(it -> forbid(group, specification, source, it))
                .orElseGet(() -> Optional.of("there is no group " + source));
    }

    private Optional<String> forbid(
            GroupAddress group,
            Specification specification,
            GroupAddress source,
            RecordedGroup found) {
        var circle = circle(group, found);
        if (circle.isPresent()) return circle;
        var upstream = found.standing().replicatesFrom();
        if (upstream.isPresent()) {
            return Optional.of(
                    "%s follows %s itself, and a replica cannot be a source"
                            .formatted(source, upstream.get()));
        }
        if (found.origin() == Origin.ADOPTED) {
            return Optional.of(
                    "%s is adopted, and has no user to replicate with".formatted(source));
        }
        var mine = specification.version().orElseThrow();
        if (specification.variant() == found.specification().variant()
                && series(specification.variant(), mine)
                        .equals(series(specification.variant(), found.version()))) {
            return Optional.empty();
        }
        return Optional.of(
                "%s %s cannot follow %s %s: %s"
                        .formatted(
                                specification.variant(),
                                mine,
                                found.specification().variant(),
                                found.version(),
                                sameness(group.group().engine())));
    }

    private Optional<String> circle(GroupAddress group, RecordedGroup source) {
        var passed = new HashSet<GroupAddress>();
        var next = source.standing().replicatesFrom();
        while (next.isPresent() && passed.add(next.get())) {
            if (next.get().equals(group)) {
                return Optional.of("it would follow itself, by way of " + source.name());
            }
            next = scene.existing(next.get()).flatMap(it -> it.standing().replicatesFrom());
        }
        return Optional.empty();
    }

    /// The part of a version that two servers must share to replicate.
    private static String series(Variant variant, Version version) {
        return switch (variant.engine()) {
            case POSTGRESQL, REDIS -> Integer.toString(version.major());
            case MYSQL, MONGODB, ELASTICSEARCH, MEMCACHED, INFLUXDB -> {
                var parts = version.text().split("\\.");
                yield parts.length < 2 ? parts[0] : parts[0] + "." + parts[1];
            }
        };
    }

    private static String sameness(Engine engine) {
        return switch (engine) {
            case POSTGRESQL, REDIS -> "both must have the same major version";
            case MYSQL, MONGODB, ELASTICSEARCH, MEMCACHED, INFLUXDB ->
                    "both must be the same variant and release series";
        };
    }
}
