package dev.assent.manifest;

import dev.assent.model.ApplicationName;
import dev.assent.model.Backups;
import dev.assent.model.Desired.DesiredBackups;
import dev.assent.model.Desired.DesiredReplication;
import dev.assent.model.Desired.Source;
import dev.assent.model.Engine;
import dev.assent.model.GroupName;
import java.util.Optional;

/// Reads what a group declares of its replication and its backups. Defaults are the schema's; what
/// is left out is no fact of the manifest, and the word `none` says that there is to be none.
final class FactsReader {

    private static final String NONE = "none";
    private static final String TYPE = "type";

    private final Engine engine;
    private final Problems problems;

    FactsReader(Engine engine, Problems problems) {
        this.engine = engine;
        this.problems = problems;
    }

    Optional<DesiredReplication> replication(Tree.Mapping group) {
        var entry = group.entry("replicate_from");
        if (isNone(group, "replicate_from")) {
            return entry.map(it -> new DesiredReplication(Optional.empty(), it.keyPlace()));
        }
        return group.mapping("replicate_from")
                .flatMap(this::source)
                .flatMap(source ->
                        entry.map(
                                it -> new DesiredReplication(Optional.of(source), it.keyPlace())));
    }

    private Optional<Source> source(Tree.Mapping body) {
        var app = name(body, "app");
        var environment = name(body, "environment");
        var group = body.text("group").filter(GroupName::isName);
        if (group.isEmpty() && body.has("group")) wrong(body, "group", "a group");
        return group.map(it -> new Source(app, environment, new GroupName(engine, it)));
    }

    private Optional<String> name(Tree.Mapping body, String key) {
        var name = body.text(key).filter(ApplicationName::isPart);
        if (name.isEmpty() && body.has(key)) {
            wrong(body, key, "an application or an environment");
        }
        return name;
    }

    private void wrong(Tree.Mapping body, String key, String what) {
        var value = body.value(key).orElse(body);
        problems.add(
                Code.NOT_ALLOWED,
                value.spot(),
                "%s cannot name %s".formatted(Words.quoted(value.text().orElse("")), what),
                Remedy.suggest("write a name of letters, digits, `_` and `-`"));
    }

    Optional<DesiredBackups> backups(Tree.Mapping group) {
        var entry = group.entry("backups");
        if (isNone(group, "backups")) {
            return entry.map(it -> new DesiredBackups(Optional.empty(), it.keyPlace()));
        }
        return group.mapping("backups")
                .flatMap(this::backupsOf)
                .flatMap(backups ->
                        entry.map(it -> new DesiredBackups(Optional.of(backups), it.keyPlace())));
    }

    /// Empty where the schema has something to say about it.
    private Optional<Backups> backupsOf(Tree.Mapping body) {
        var kind = kind(body);
        try {
            return Optional.of(
                    new Backups(
                            text(body, "schedule"),
                            Integer.parseInt(text(body, "keep").replace("_", "")),
                            kind,
                            TreeJson.isTrue(text(body, "gzip")),
                            body.list("exclude_tables").stream()
                                    .flatMap(it -> it.text().stream())
                                    .toList(),
                            TreeJson.isTrue(text(body, "run_on_replica"))));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Backups.Kind kind(Tree.Mapping body) {
        var onlyBinary =
                switch (engine) {
                    case REDIS, MONGODB -> true;
                    case MYSQL, POSTGRESQL, ELASTICSEARCH, MEMCACHED, INFLUXDB -> false;
                };
        var wanted = body.text(TYPE);
        if (onlyBinary && wanted.equals(Optional.of(Backups.Kind.TEXT.word()))) {
            problems.add(
                    Code.NOT_ALLOWED,
                    body.value(TYPE).orElse(body).spot(),
                    "%s has no backups of type `text`".formatted(engine),
                    Remedy.suggest("write `type: binary`, or leave it out"));
        }
        if (onlyBinary) return Backups.Kind.BINARY;
        return wanted.equals(Optional.of(Backups.Kind.BINARY.word()))
                ? Backups.Kind.BINARY
                : Backups.Kind.TEXT;
    }

    /// What is written, or what the schema says for what is left out.
    private static String text(Tree.Mapping body, String key) {
        return body.text(key)
                .or(() -> SchemaFile.MANIFEST.defaultOf("backups", key))
                .orElseThrow(() -> new IllegalStateException("no default of " + key));
    }

    private static boolean isNone(Tree.Mapping group, String key) {
        return group.text(key).equals(Optional.of(NONE));
    }
}
