package dev.assent.http.api;

import static dev.assent.plan.Given.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
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
import dev.assent.plan.Neighbours;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecordJsonTest {

    private static final ApplicationName BLOG = new ApplicationName("blog", "staging");
    private static final int RECORDS = 500;

    @Test
    void over_generated_records_what_is_written_is_what_is_read_and_what_the_schema_describes() {
        var schema = schema();
        for (var seed = 0; seed < RECORDS; seed++) {
            var record = record(new Random(seed));

            var json = RecordJson.write(record).toString();

            assertThat(RecordReading.read(Wire.MAPPER.readTree(json), SHOP))
                    .as("seed %d", seed)
                    .isEqualTo(record);
            assertThat(schema.validate(json, InputFormat.JSON)).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void the_same_record_is_always_the_same_text() {
        assertThat(RecordJson.write(record(new Random(7))).toString())
                .isEqualTo(RecordJson.write(record(new Random(7))).toString());
    }

    @Test
    void what_is_left_out_is_what_is_usual() {
        var read =
                read(
                        """
                        {"serial": 1, "groups": [
                          {"group": "postgresql/main", "version": "16.15",
                           "servers": [{"name": "pg-1", "port": 20000}]}]}
                        """);

        var group = read.recorded().groups().getFirst();
        assertThat(group.specification().variant()).isEqualTo(Variant.POSTGRESQL);
        assertThat(group.standing()).isEqualTo(Standing.fresh(Origin.MANIFEST, false));
        assertThat(group.primaryServer().endpoint()).hasToString("127.0.0.1:20000");
        assertThat(read.neighbours()).isEqualTo(Neighbours.NONE);
    }

    @Test
    void what_is_no_record_is_refused_with_the_field() {
        var cases =
                """
                []                                                    | it is no JSON object
                    {}                                                    | it has no `serial`
                {"serial": 1}                                         | it has no `groups`
                {"serial": "1", "groups": []}                         | `serial` is no whole number
                {"serial": -1, "groups": []}                          | it is wrong: a serial counts from 0: -1
                {"serial": 1, "groups": {}}                           | `groups` is no list
                {"version": 2, "serial": 1, "groups": []}             | `version` is 2; this program reads version 1
                {"serial": 1, "groups": [], "grups": []}              | it has a field `grups`, which means nothing
                {"application": "blog", "serial": 1, "groups": []}    | it is of blog/production, not of shop/production
                {"serial": 1, "groups": [1]}                          | `groups[0]` is no JSON object
                {"serial": 1, "groups": [{}]}                         | `groups[0]` has no `group`
                {"serial": 1, "groups": [{"group": "x"}]}             | `groups[0].group` is not a group; write ENGINE/GROUP
                {"serial": 1, "groups": [], "neighbours": [{}]}       | `neighbours[0]` has no `application`
                """;
        refused(cases, "%s");
    }

    @Test
    void a_group_that_is_none_is_refused_with_the_field() {
        var cases =
                """
                "version": 16.15                            | `groups[0].version` is no text; write it in quotes
                "version": "new"                            | `groups[0].version` is wrong: not a version: new
                "version": "16", "variant": "mysql"         | `groups[0].variant` is no variant of postgresql
                "version": "16", "origin": "git"            | `groups[0].origin` is none of manifest, request, adopted
                "version": "16", "protectd": true           | `groups[0]` has a field `protectd`, which means nothing
                "version": "16", "primary": "yes"           | `groups[0].primary` is neither true nor false
                "version": "16", "settings": {"a": 1}       | `groups[0].settings.a` is no text; write it in quotes
                "version": "16", "replicates_from": "main"  | `groups[0].replicates_from` is not a group; write APP/ENV/ENGINE/GROUP
                "version": "16", "backups": {"type": "copy"} | `groups[0].backups.type` is neither text nor binary
                "version": "16", "backups": {"type": "text"} | `groups[0].backups` is wrong: not a schedule
                "version": "16"                             | `groups[0]` has no `servers`
                "version": "16", "servers": []              | `groups[0]` is wrong: a group has at least one server: postgresql/main
                "version": "16", "servers": [{"port": 1}]   | `groups[0].servers[0]` has no `name`
                "version": "16", "servers": [{"name": "a"}] | `groups[0].servers[0]` has no `port`
                "version": "16", "servers": [{"name": "a", "port": 70000}] | `groups[0].servers[0].port` is wrong:
                """;
        refused(cases, "{\"serial\": 1, \"groups\": [{\"group\": \"postgresql/main\", %s}]}");
    }

    /// @param cases a text and the beginning of what is said of it, one a line
    private static void refused(String cases, String frame) {
        for (var line : cases.lines().toList()) {
            var parts = line.split(" \\| ");
            assertThatThrownBy(() -> read(frame.formatted(parts[0].strip())))
                    .as(line)
                    .isInstanceOf(RecordMistake.class)
                    .hasMessageStartingWith(parts[1]);
        }
    }

    @Test
    void nothing_can_exist_twice_nor_be_primary_twice() {
        var main = group("main", "a", true);

        assertThatThrownBy(() -> read(groups(main, main)))
                .hasMessage("`groups` has postgresql/main twice");
        assertThatThrownBy(() -> read(groups(main, group("spare", "a", false))))
                .hasMessage("`groups` has the server a twice");
        assertThatThrownBy(() -> read(groups(main, group("spare", "b", true))))
                .hasMessage("`groups` has two primary groups of postgresql");
    }

    private static String groups(String... groups) {
        return "{\"serial\": 1, \"groups\": [%s]}".formatted(String.join(",", groups));
    }

    private static String group(String name, String server, boolean primary) {
        return """
        {"group": "postgresql/%s", "version": "16", "primary": %s,
         "servers": [{"name": "%s", "port": 1}]}
        """
                .formatted(name, primary, server);
    }

    private static ExportedRecord read(String text) {
        return RecordReading.read(Wire.MAPPER.readTree(text), SHOP);
    }

    private static ExportedRecord record(Random random) {
        var groups = new ArrayList<RecordedGroup>();
        for (var engine : Engine.values()) {
            var count = random.nextInt(3);
            for (var i = 0; i < count; i++) groups.add(group(random, engine, "g" + i, i == 0));
        }
        var neighbours = new HashMap<GroupAddress, RecordedGroup>();
        if (random.nextBoolean()) {
            var group = group(random, Engine.REDIS, "cache", false);
            neighbours.put(new GroupAddress(BLOG, group.name()), group);
        }
        return new ExportedRecord(
                new Recorded(SHOP, random.nextInt(1000), groups),
                new Neighbours(
                        neighbours,
                        neighbours.isEmpty() || random.nextBoolean()
                                ? Map.of()
                                : Map.of(BLOG, "elsewhere")));
    }

    private static RecordedGroup group(Random random, Engine engine, String name, boolean primary) {
        var variants = Variant.of(engine);
        var servers = new ArrayList<RecordedServer>();
        var count = 1 + random.nextInt(3);
        for (var i = 0; i < count; i++) {
            servers.add(
                    new RecordedServer(
                            new ServerSpec(
                                    new ServerName(engine + "-" + name + "-" + i),
                                    settings(random)),
                            new Endpoint("db-" + i + ".example.org", 1 + random.nextInt(65_535))));
        }
        return new RecordedGroup(
                new GroupName(engine, name),
                new Specification(
                        variants.get(random.nextInt(variants.size())),
                        Optional.of(new Version("5." + random.nextInt(20) + "0")),
                        settings(random)),
                List.of(Origin.values()).get(random.nextInt(Origin.values().length)),
                new Standing(
                        random.nextBoolean(),
                        primary,
                        random.nextBoolean(),
                        random.nextBoolean()
                                ? Optional.of(
                                        new GroupAddress(BLOG, new GroupName(engine, "source")))
                                : Optional.empty(),
                        random.nextBoolean() ? Optional.of(backups(random)) : Optional.empty()),
                servers);
    }

    private static Backups backups(Random random) {
        return new Backups(
                random.nextInt(60) + " 3 * * *",
                1 + random.nextInt(100),
                random.nextBoolean() ? Backups.Kind.TEXT : Backups.Kind.BINARY,
                random.nextBoolean(),
                random.nextBoolean() ? List.of("a", "b \"c\"") : List.of(),
                random.nextBoolean());
    }

    private static SortedMap<String, String> settings(Random random) {
        var settings = new TreeMap<String, String>();
        if (random.nextBoolean()) settings.put("size", "m3.medium");
        if (random.nextBoolean()) settings.put("tamper.with \u00e9", "a\nb");
        return settings;
    }

    private static Schema schema() {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(
                        Objects.requireNonNull(
                                RecordJsonTest.class.getResourceAsStream(
                                        "/schema/record.schema.json")),
                        InputFormat.JSON);
    }
}
