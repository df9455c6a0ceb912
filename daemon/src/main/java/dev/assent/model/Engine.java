package dev.assent.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

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

    /// Whether its servers know users and databases by name.
    public boolean hasUsers() {
        return switch (this) {
            case MYSQL, POSTGRESQL, MONGODB, INFLUXDB -> true;
            case REDIS, ELASTICSEARCH, MEMCACHED -> false;
        };
    }

    /// Whether its servers ask for a password.
    public boolean hasPassword() {
        return hasUsers() || this == REDIS;
    }

    /// What the names of a group's environment variables end with, but for those of its replicas.
    public SortedSet<String> variables() {
        var names = new TreeSet<>(List.of("ADDRESS", "ADDRESS_EXT", "ADDRESS_INT", "PORT", "URL"));
        if (hasUsers()) names.addAll(List.of("USERNAME", "DATABASE"));
        if (hasPassword()) names.add("PASSWORD");
        return names;
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
