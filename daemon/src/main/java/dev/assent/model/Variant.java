package dev.assent.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The product that serves an engine. Only MySQL and Redis have several.
public enum Variant {
    MYSQL(Engine.MYSQL),
    PERCONA(Engine.MYSQL),
    MARIADB(Engine.MYSQL),
    POSTGRESQL(Engine.POSTGRESQL),
    REDIS(Engine.REDIS),
    VALKEY(Engine.REDIS),
    MONGODB(Engine.MONGODB),
    ELASTICSEARCH(Engine.ELASTICSEARCH),
    MEMCACHED(Engine.MEMCACHED),
    INFLUXDB(Engine.INFLUXDB);

    private final Engine engine;

    Variant(Engine engine) {
        this.engine = engine;
    }

    public Engine engine() {
        return engine;
    }

    /// The word in manifests, commands and JSON: `mariadb`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The variant that a group of the engine has where its manifest names none.
    public static Variant defaultOf(Engine engine) {
        return valueOf(engine.name());
    }

    /// The variants of an engine, its default first.
    public static List<Variant> of(Engine engine) {
        return Arrays.stream(values()).filter(variant -> variant.engine == engine).toList();
    }

    /// The variant of a word; empty when there is none of that name.
    public static Optional<Variant> of(String word) {
        return Arrays.stream(values()).filter(variant -> variant.word().equals(word)).findFirst();
    }

    @Override
    public String toString() {
        return word();
    }
}
