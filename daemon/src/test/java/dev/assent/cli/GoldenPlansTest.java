package dev.assent.cli;

import static dev.assent.plan.Given.versions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.manifest.Manifest;
import dev.assent.manifest.ManifestReader;
import dev.assent.manifest.Reading;
import dev.assent.model.ApplicationName;
import dev.assent.model.Catalogue;
import dev.assent.model.Desired;
import dev.assent.model.GroupAddress;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.plan.Answer;
import dev.assent.plan.Foreseen;
import dev.assent.plan.Given;
import dev.assent.plan.Neighbours;
import dev.assent.plan.Notice;
import dev.assent.plan.Plan;
import dev.assent.plan.Planner;
import dev.assent.plan.RequestJson;
import dev.assent.plan.RequestPlanner;
import dev.assent.plan.render.PlanText;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// Plans as people read them, one folder a case. `-Dassent.golden=write` writes them anew, for
/// somebody to read through what differs.
class GoldenPlansTest {

    private static final Path SAMPLES = Path.of("../samples");
    private static final Path FOLDER = Path.of("src/test/resources/golden");
    private static final boolean WRITE = "write".equals(System.getProperty("assent.golden"));
    private static final String SAMPLE = "sample-";
    private static final ApplicationName BLOG = new ApplicationName("blog", "production");

    private static final Map<Variant, List<Version>> VERSIONS =
            Map.of(
                    Variant.POSTGRESQL, versions("16.14", "16.15", "17.10", "17.11"),
                    Variant.MYSQL, versions("8.0.40", "8.4.3"),
                    Variant.PERCONA, versions("8.0.39"),
                    Variant.MARIADB, versions("10.11.9", "11.4.3"),
                    Variant.REDIS, versions("6.2.14", "7.2.5"),
                    Variant.MONGODB, versions("7.0.14"),
                    Variant.MEMCACHED, versions("1.6.31"));

    /// Has no PostGIS, and cannot have groups of Redis follow one another.
    private static final Catalogue CATALOGUE =
            new Catalogue(
                    "here",
                    VERSIONS,
                    new TreeSet<>(),
                    new TreeSet<>(Set.of("postgis")),
                    Set.of(Variant.POSTGRESQL, Variant.MYSQL, Variant.PERCONA, Variant.MARIADB),
                    false);

    static List<String> cases() throws IOException {
        try (var folders = Files.list(FOLDER)) {
            return folders.filter(Files::isDirectory)
                    .map(it -> it.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_plan_is_the_one_that_somebody_has_read(String name) throws IOException {
        var text = PlanText.of(plan(name), false);
        var golden = FOLDER.resolve(name).resolve("plan.txt");

        if (WRITE) Files.writeString(golden, text);

        assertThat(golden)
                .as("write it with -Dassent.golden=write, and read it")
                .exists()
                .hasContent(text);
    }

    @Test
    void every_kind_of_change_and_notice_that_a_manifest_leads_to_has_a_case() throws IOException {
        var changes = new HashSet<String>();
        var notices = new HashSet<Notice.Code>();
        for (var name : cases()) {
            plan(name).changes().forEach(it -> changes.add(it.change().action()));
            plan(name).notices().forEach(it -> notices.add(it.code()));
        }

        assertThat(changes)
                .containsExactlyInAnyOrder(
                        "create-group",
                        "adopt-group",
                        "add-server",
                        "change-setting",
                        "set-backups",
                        "set-protection",
                        "stop-replication",
                        "start-replication",
                        "set-primary",
                        "promote-server",
                        "resync-server",
                        "rotate-credentials",
                        "remove-server",
                        "remove-group",
                        "release-group");
        assertThat(notices).containsExactlyInAnyOrder(Notice.Code.values());
    }

    @Test
    void three_engines_with_replicas_and_a_replication_are_planned_and_then_there_is_nothing_to_do()
            throws IOException {
        var desired = manifest(file("sample-clusters")).desired(Given.SHOP);
        var catalogue = catalogue("sample-clusters");

        var first = Planner.plan(desired, Given.nothing(), catalogue, Optional.empty());
        var built = Foreseen.after(Given.nothing(), first);

        assertThat(first.changes()).hasSize(5);
        assertThat(Planner.plan(desired, built, catalogue, Optional.empty()))
                .satisfies(it -> assertThat(it.isEmpty()).isTrue())
                .satisfies(it -> assertThat(it.notices()).isEmpty());
    }

    @Test
    void a_notice_gives_its_name_to_the_cases_that_show_it() throws IOException {
        for (var code : Notice.Code.values()) {
            var named = cases().stream().filter(it -> it.startsWith(code.word())).toList();

            for (var name : named) {
                assertThat(plan(name).notices()).as(name).extracting(Notice::code).contains(code);
            }
        }
    }

    private static Plan plan(String name) throws IOException {
        var folder = FOLDER.resolve(name);
        var desired = manifest(file(name)).desired(Given.SHOP);
        var catalogue = catalogue(name);
        var recorded = RecordFile.read(folder.resolve("record.json"), Given.SHOP).recorded();
        var neighbours = blog(folder.resolve("record-blog.json"));
        var request = folder.resolve("request.json");
        return Files.exists(request)
                ? asked(request, desired, recorded, neighbours)
                : Planner.plan(desired, recorded, neighbours, catalogue, Optional.empty());
    }

    /// A case that is called after a sample has that one's manifest.
    private static Path file(String name) {
        return name.startsWith(SAMPLE)
                ? SAMPLES.resolve(name.substring(SAMPLE.length())).resolve(".cloud66/manifest.yml")
                : FOLDER.resolve(name).resolve("manifest.yml");
    }

    private static Catalogue catalogue(String name) {
        if (name.startsWith(SAMPLE)) {
            return new Catalogue(
                    "here",
                    VERSIONS,
                    new TreeSet<>(),
                    new TreeSet<>(),
                    Set.of(Variant.values()),
                    false);
        }
        return CATALOGUE.withCascading(name.startsWith("cascading"));
    }

    private static Plan asked(
            Path request, Desired desired, Recorded recorded, Neighbours neighbours)
            throws IOException {
        var json = JsonMapper.shared().readTree(Files.readAllBytes(request));
        var answer =
                RequestPlanner.plan(
                        RequestJson.read(json), desired, recorded, neighbours, CATALOGUE, "ann");
        return switch (answer) {
            case Answer.Planned(var plan) -> plan;
            case Answer.Refused(var why) -> throw new AssertionError(request + ": " + why);
        };
    }

    private static Manifest manifest(Path file) throws IOException {
        var reader =
                new ManifestReader(ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime);
        return switch (reader.read("manifest.yml", Files.readAllBytes(file), List.of())) {
            case Reading.Valid(var manifest, var _) -> manifest;
            case Reading.Invalid(var problems) -> throw new AssertionError(file + ": " + problems);
        };
    }

    private static Neighbours blog(Path file) {
        if (Files.notExists(file)) return Neighbours.NONE;
        var groups = new HashMap<GroupAddress, RecordedGroup>();
        RecordFile.read(file, BLOG)
                .recorded()
                .groups()
                .forEach(it -> groups.put(new GroupAddress(BLOG, it.name()), it));
        return new Neighbours(groups);
    }
}
