package dev.assent.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The kinds of database. Two groups with the same engine and name are the same group.
public enum Engine {
    MYSQL,
    POSTGRESQL,
    REDIS,
    MONGODB,
    ELASTICSEARCH,
    MEMCACHED,
    INFLUXDB;

    /// The word in manifests, commands and JSON: `postgresql`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What the names of its environment variables begin with: `POSTGRESQL`.
    public String prefix() {
        return name();
    }

    /// The engine of a word; empty when there is none of that name.
    public static Optional<Engine> of(String word) {
        return Arrays.stream(values()).filter(engine -> engine.word().equals(word)).findFirst();
    }

    @Override
    public String toString() {
        return word();
    }
}
