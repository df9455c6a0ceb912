package dev.assent.plan;

import dev.assent.model.Engine;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import java.util.Optional;

/// Whether what one group writes can be read by another one, as far as their versions say.
final class Versions {

    private Versions() {}

    /// Why a group cannot follow a source of its engine, in words; empty where it can.
    static Optional<String> incompatible(RecordedGroup group, RecordedGroup source) {
        var variant = group.specification().variant();
        var other = source.specification().variant();
        if (variant == other
                && series(variant, group.version()).equals(series(other, source.version()))) {
            return Optional.empty();
        }
        return Optional.of(
                "%s %s cannot follow %s %s: %s"
                        .formatted(
                                variant,
                                group.version(),
                                other,
                                source.version(),
                                sameness(variant.engine())));
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
            case POSTGRESQL -> "both must have the same major version";
            case REDIS -> "both must be the same product and have the same major version";
            case MYSQL, MONGODB, ELASTICSEARCH, MEMCACHED, INFLUXDB ->
                    "both must be the same variant and release series";
        };
    }
}
