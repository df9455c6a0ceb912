package dev.assent.http.api;

import dev.assent.model.ApplicationName;
import dev.assent.model.Backups;
import dev.assent.model.Endpoint;
import dev.assent.model.Engine;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.Recorded.Standing;
import dev.assent.model.ServerName;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.plan.BackupsJson;
import dev.assent.plan.Neighbours;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads the JSON of [RecordJson]. Whatever stands where it means nothing is refused: passed over,
/// a misspelt `protected` would change what is planned.
public final class RecordReading {

    private static final String[] GROUP = {
        "group",
        "variant",
        "version",
        "settings",
        "origin",
        "declared",
        "primary",
        "protected",
        "replicates_from",
        "backups",
        "servers"
    };

    private static final String[] BACKUPS = {
        "schedule", "keep", "type", "gzip", "exclude_tables", "run_on_replica"
    };

    private RecordReading() {}

    /// The record in a text.
    ///
    /// @param application whose it has to be
    /// @throws RecordMistake if the JSON is no record of it
    public static ExportedRecord read(JsonNode json, ApplicationName application) {
        var root = new RecordField("", json);
        root.hasOnly("version", "application", "environment", "serial", "groups", "neighbours");
        var version = root.number("version").orElse((long) RecordJson.VERSION);
        if (version != RecordJson.VERSION) {
            throw root.at("version").mistake("is " + version + "; this program reads version 1");
        }
        isOf(root, application);
        var serial = root.number("serial").orElseThrow(() -> root.lacks("serial"));
        var groups = root.list("groups").stream().map(RecordReading::group).toList();
        once(groups, root.at("groups"));
        return new ExportedRecord(
                root.checked(() -> new Recorded(application, serial, groups)), neighbours(root));
    }

    private static void isOf(RecordField root, ApplicationName application) {
        var app = root.text("application").orElse(application.app());
        var environment = root.text("environment").orElse(application.environment());
        if (app.equals(application.app()) && environment.equals(application.environment())) return;
        throw root.mistake("is of %s/%s, not of %s".formatted(app, environment, application));
    }

    private static void once(List<RecordedGroup> groups, RecordField field) {
        var names = new HashSet<GroupName>();
        var servers = new HashSet<ServerName>();
        var primaries = new HashSet<Engine>();
        for (var group : groups) {
            if (!names.add(group.name())) throw field.mistake("has " + group.name() + " twice");
            if (group.primary() && !primaries.add(group.name().engine())) {
                throw field.mistake("has two primary groups of " + group.name().engine());
            }
            for (var server : group.servers()) {
                if (!servers.add(server.name())) {
                    throw field.mistake("has the server " + server.name() + " twice");
                }
            }
        }
    }

    private static Neighbours neighbours(RecordField root) {
        var neighbours = new HashMap<GroupAddress, RecordedGroup>();
        var providers = new HashMap<ApplicationName, String>();
        if (root.at("neighbours").isAbsent()) return new Neighbours(Map.of());
        for (var each : root.list("neighbours")) {
            var application =
                    each.checked(() ->
                            new ApplicationName(
                                    each.needed("application"), each.needed("environment")));
            var group = group(each.without("application", "environment", "provider"));
            neighbours.put(new GroupAddress(application, group.name()), group);
            each.text("provider").ifPresent(it -> providers.put(application, it));
        }
        return new Neighbours(neighbours, providers);
    }

    private static RecordedGroup group(RecordField json) {
        json.hasOnly(GROUP);
        var name =
                GroupName.parse(json.needed("group"))
                        .orElseThrow(() ->
                                json.at("group").mistake("is not a group; write ENGINE/GROUP"));
        var specification =
                new Specification(
                        variant(json, name.engine()),
                        Optional.of(
                                json.at("version")
                                        .checked(() -> new Version(json.needed("version")))),
                        json.settings());
        var origin = origin(json);
        var standing = standing(json, origin);
        var servers = json.list("servers").stream().map(RecordReading::server).toList();
        return json.checked(
                () -> new RecordedGroup(name, specification, origin, standing, servers));
    }

    private static Variant variant(RecordField json, Engine engine) {
        var word = json.text("variant");
        if (word.isEmpty()) return Variant.defaultOf(engine);
        return Variant.of(word.get())
                .filter(it -> it.engine() == engine)
                .orElseThrow(
                        () -> json.at("variant").mistake("is no variant of %s".formatted(engine)));
    }

    private static Origin origin(RecordField json) {
        var word = json.text("origin").orElse("manifest");
        return Arrays.stream(Origin.values())
                .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(
                        () -> json.at("origin").mistake("is none of manifest, request, adopted"));
    }

    private static Standing standing(RecordField json, Origin origin) {
        var source =
                json.text("replicates_from")
                        .map(it ->
                                GroupAddress.parse(it)
                                        .orElseThrow(() ->
                                                json.at("replicates_from")
                                                        .mistake(
                                                                "is not a group; write"
                                                                        + " APP/ENV/ENGINE/GROUP")));
        return new Standing(
                json.flag("declared").orElse(origin == Origin.MANIFEST),
                json.flag("primary").orElse(false),
                json.flag("protected").orElse(false),
                source,
                backups(json.at("backups")));
    }

    private static Optional<Backups> backups(RecordField json) {
        if (json.isAbsent()) return Optional.empty();
        json.hasOnly(BACKUPS);
        var type = json.needed("type");
        if (Arrays.stream(Backups.Kind.values()).noneMatch(it -> it.word().equals(type))) {
            throw json.at("type").mistake("is neither text nor binary");
        }
        return Optional.of(json.checked(() -> BackupsJson.read(json.json())));
    }

    private static RecordedServer server(RecordField json) {
        json.hasOnly("name", "settings", "host", "port");
        var name = json.at("name").checked(() -> new ServerName(json.needed("name")));
        var port = json.number("port").orElseThrow(() -> json.lacks("port"));
        return new RecordedServer(
                new ServerSpec(name, json.settings()),
                json.at("port")
                        .checked(() ->
                                new Endpoint(
                                        json.text("host").orElse("127.0.0.1"),
                                        Math.toIntExact(port))));
    }
}
