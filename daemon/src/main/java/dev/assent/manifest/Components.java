package dev.assent.manifest;

import dev.assent.model.Engine;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The names that can stand where a component stands.
final class Components {

    /// What people call our engines elsewhere, and what to write here.
    private static final Map<String, String> OTHER_WORDS =
            Map.of(
                    "mariadb", "mysql:` with `configuration: {engine: mariadb}",
                    "percona", "mysql:` with `configuration: {engine: percona}",
                    "pg", "postgresql",
                    "psql", "postgresql",
                    "pgsql", "postgresql",
                    "mongo", "mongodb",
                    "memcache", "memcached",
                    "elastic", "elasticsearch",
                    "influx", "influxdb");

    private static final int SHORTEST_BEGINNING = 5;

    private static final List<String> ENGINES =
            Arrays.stream(Engine.values()).map(Engine::word).toList();

    private static final Map<String, String> DEPRECATED =
            SchemaFile.MANIFEST.replacements("environment");

    /// Components of applications that are no database. They are left alone; their servers are
    /// known.
    private static final Set<String> OTHERS =
            Set.of(
                    "activeprotect",
                    "angular",
                    "astro",
                    "bun",
                    "custom",
                    "deno",
                    "django",
                    "docker",
                    "dotnet",
                    "elixir",
                    "express",
                    "flask",
                    "gatsby",
                    "gateway",
                    "geos",
                    "glusterfs",
                    "go",
                    "hanami",
                    "haproxy",
                    "hugo",
                    "java",
                    "jekyll",
                    "kubernetes",
                    "laravel",
                    "load_balancer",
                    "middleman",
                    "nextjs",
                    "nginx",
                    "node",
                    "nuxt",
                    "padrino",
                    "passenger",
                    "php",
                    "postgis",
                    "prepress",
                    "python",
                    "rabbitmq",
                    "rack",
                    "rails",
                    "react",
                    "ruby",
                    "sinatra",
                    "solr",
                    "static",
                    "svelte",
                    "vue",
                    "wordpress");

    /// Further keys that stand beside components and are none of our business.
    private static final Set<String> OTHER_KEYS =
            Set.of(
                    "configuration",
                    "environment_variables",
                    "extra_packages",
                    "network",
                    "procfile_metadata",
                    "registered_servers");

    private Components() {}

    /// The engine of a component's key; empty when it is no database.
    static Optional<Engine> engine(String key) {
        return Engine.of(DEPRECATED.getOrDefault(key, key));
    }

    /// The engine of a component's key, be it misspelt: that is told, and all else beneath it as
    /// well.
    static Optional<Engine> meant(String key) {
        return engine(key)
                .or(() ->
                        isComponent(key) ? Optional.empty() : nearEngine(key).flatMap(Engine::of));
    }

    /// What to write instead of a key that is out of date.
    static Optional<String> replacement(String key) {
        return Optional.ofNullable(DEPRECATED.get(key));
    }

    /// Whether a key is a component, a database or not.
    static boolean isComponent(String key) {
        return engine(key).isPresent() || OTHERS.contains(key);
    }

    /// Whether a key beside components is known to mean something else.
    static boolean isOtherKey(String key) {
        return OTHER_KEYS.contains(key);
    }

    /// The database that a key was probably meant to be: another word for it, a misspelt one, or
    /// its beginning.
    static Optional<String> nearEngine(String key) {
        return Optional.ofNullable(OTHER_WORDS.get(key))
                .or(() -> Spelling.near(key, ENGINES))
                .or(() -> ENGINES.stream().filter(it -> isBeginning(key, it)).findFirst());
    }

    private static boolean isBeginning(String key, String engine) {
        return key.length() >= SHORTEST_BEGINNING && engine.startsWith(key);
    }

    /// The component, no database, that a key was probably meant to be.
    static Optional<String> nearOther(String key) {
        return Spelling.near(key, OTHERS);
    }

    /// Whether a key is a component, no database, with something behind it.
    static boolean beginsWithOther(String key) {
        return OTHERS.stream().anyMatch(it -> key.startsWith(it + "_"));
    }

    static List<String> engines() {
        return ENGINES;
    }

    /// Whether any of these keys is a component or nearly one.
    static boolean anyIn(Collection<String> keys) {
        return keys.stream().anyMatch(it -> isComponent(it) || nearEngine(it).isPresent());
    }

    /// Whether a value has the keys that make a mapping look like a component.
    static boolean looksLikeOne(Tree value) {
        return value instanceof Tree.Mapping mapping
                && Stream.of("configuration", "servers", "server", "groups")
                        .anyMatch(it -> mapping.entry(it).isPresent());
    }
}
