package dev.assent.cli;

import dev.assent.http.api.Wire;
import dev.assent.model.ApplicationName;
import dev.assent.model.Endpoint;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What exists of an application, written down as JSON, to plan against without a daemon:
///
/// ```json
/// {"serial": 3, "groups": [{"group": "postgresql/main", "variant": "postgresql", "version": "16.15",
///   "settings": {}, "origin": "manifest", "primary": true, "servers": [
///     {"name": "pg-main", "settings": {}, "host": "127.0.0.1", "port": 20000}]}]}
/// ```
final class RecordFile {

    private RecordFile() {}

    static Recorded read(Path file, ApplicationName application) {
        try {
            var json = Wire.MAPPER.readTree(Files.readAllBytes(file));
            return new Recorded(
                    application,
                    json.required("serial").asLong(),
                    json.required("groups").valueStream().map(RecordFile::group).toList());
        } catch (IOException e) {
            throw Stop.couldNotRun("could not read the record " + file + ": " + e.getMessage());
        } catch (JacksonException e) {
            throw Stop.couldNotRun(file + " is not a record: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            throw Stop.couldNotRun(file + " is not a record: " + e.getMessage());
        }
    }

    private static RecordedGroup group(JsonNode json) {
        var name = json.required("group").asString();
        var group =
                GroupName.parse(name)
                        .orElseThrow(() -> new IllegalArgumentException("no group: " + name));
        var variant =
                Optional.of(json.path("variant").asString(""))
                        .filter(it -> !it.isEmpty())
                        .map(RecordFile::variant)
                        .orElse(Variant.defaultOf(group.engine()));
        var origin =
                Origin.valueOf(json.path("origin").asString("manifest").toUpperCase(Locale.ROOT));
        return new RecordedGroup(
                group,
                new Specification(
                        variant,
                        Optional.of(new Version(json.required("version").asString())),
                        settings(json)),
                origin,
                new Standing(
                        json.path("declared").asBoolean(origin == Origin.MANIFEST),
                        json.path("primary").asBoolean(false),
                        json.path("protected").asBoolean(false),
                        optional(json, "replicates_from").map(RecordFile::address),
                        json.has("backups")
                                ? Optional.of(BackupsJson.read(json.path("backups")))
                                : Optional.empty()),
                json.required("servers").valueStream().map(RecordFile::server).toList());
    }

    private static Optional<String> optional(JsonNode json, String field) {
        return Optional.of(json.path(field).asString("")).filter(it -> !it.isEmpty());
    }

    private static GroupAddress address(String text) {
        return GroupAddress.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("no group: " + text));
    }

    private static Variant variant(String word) {
        return Variant.of(word)
                .orElseThrow(() -> new IllegalArgumentException("no variant: " + word));
    }

    private static RecordedServer server(JsonNode json) {
        return new RecordedServer(
                new ServerSpec(new ServerName(json.required("name").asString()), settings(json)),
                new Endpoint(
                        json.path("host").asString("127.0.0.1"), json.required("port").asInt()));
    }

    private static SortedMap<String, String> settings(JsonNode json) {
        var settings = new TreeMap<String, String>();
        json.path("settings")
                .properties()
                .forEach(it -> settings.put(it.getKey(), it.getValue().asString()));
        return settings;
    }
}
