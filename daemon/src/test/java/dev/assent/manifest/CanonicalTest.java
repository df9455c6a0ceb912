package dev.assent.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assent.model.ApplicationName;
import dev.assent.model.Catalogue;
import dev.assent.model.Desired;
import dev.assent.model.Desired.DesiredBackups;
import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.Desired.DesiredReplication;
import dev.assent.model.Desired.DesiredServer;
import dev.assent.model.Place;
import dev.assent.model.Recorded;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.plan.Digest;
import dev.assent.plan.Foreseen;
import dev.assent.plan.Notice;
import dev.assent.plan.Plan;
import dev.assent.plan.Planner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is compared is what a manifest means, not how it is written: the same manifest planned
/// again gives the empty plan, and written otherwise it gives the same plan.
class CanonicalTest {

    private static final Place NOWHERE = Place.at("", 1, 1);

    /// What must be so for a group to be built; nothing of it is about writing.
    private static final Set<Notice.Code> NOT_BUILT =
            Set.of(Notice.Code.NOT_BUILT, Notice.Code.DECLARED);

    private static final String SHOP =
            """
            mysql:
              groups:
                default:
                  configuration: {engine: percona, version: "8.0", root_disk_size: 100}
                  servers:
                  - server: {unique_name: mysql-main, vendor: aws, region: us-east-1}
                  backups: {schedule: "0 3 * * *", keep: 100, gzip: true}
            memcached:
              configuration: {memory: 64, tamper_with_yml: true}
              servers:
              - server: {same_as: mysql-main}
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version: \"8.0\" -> version: 8.0",
                "version: \"8.0\" -> version: '8.0'",
                "{engine: percona, version: \"8.0\", root_disk_size: 100} -> {root_disk_size: \"100\", version: 8.0, engine: percona}",
                "{unique_name: mysql-main, vendor: aws, region: us-east-1} -> {region: us-east-1, unique_name: mysql-main, vendor: aws}",
                "{schedule: \"0 3 * * *\", keep: 100, gzip: true} -> {}",
                "{schedule: \"0 3 * * *\", keep: 100, gzip: true} -> {gzip: yes, run_on_replica: no, exclude_tables: [], type: text, keep: 1_00, schedule: '0  3 * * *'}",
                "tamper_with_yml: true -> tamper_with_yml: yes",
                "tamper_with_yml: true -> tamper_with_yml: True",
                "tamper_with_yml: true -> tamper_with_yml: \"true\"",
                "mysql: -> # the first\\n\\nmysql: # and its groups",
                "memcached:\\n -> memcached: &cache\\n",
                "{same_as: mysql-main} -> {same_as: \"mysql-main\"}",
            })
    void the_same_written_otherwise_is_the_same(String rewriting) {
        var parts = rewriting.replace("\\n", "\n").split(" -> ", 2);
        assertThat(SHOP).contains(parts[0]);
        var once = Manifests.desired(SHOP, "production");
        var again = Manifests.desired(SHOP.replace(parts[0], parts[1]), "production");

        assertThat(anywhere(again)).isEqualTo(anywhere(once));
        assertThat(digest(again)).isEqualTo(digest(once));
    }

    @Test
    void the_short_form_is_the_group_named_default() {
        var shortly =
                """
                redis:
                  configuration: {version: 7.2}
                  servers:
                  - server: {unique_name: r}
                """;
        var fully =
                """
                redis:
                  groups:
                    default:
                      servers:
                      - server: {unique_name: r}
                      configuration: {version: "7.2"}
                """;

        assertThat(digest(Manifests.desired(shortly, "production")))
                .isEqualTo(digest(Manifests.desired(fully, "production")));
    }

    @Test
    void a_version_is_not_a_number() {
        var ten = Manifests.desired("redis: {configuration: {version: 5.10}}", "production");
        var one = Manifests.desired("redis: {configuration: {version: 5.1}}", "production");

        assertThat(anywhere(ten)).isNotEqualTo(anywhere(one));
    }

    @Test
    void a_manifest_of_strangers_planned_again_after_it_was_applied_gives_the_empty_plan() {
        var built = 0;
        for (var desired : strangers()) {
            var nothing = Recorded.nothing(desired.application());
            var plan = plan(desired, nothing);
            built += plan.changes().size();

            var again = plan(desired, Foreseen.after(nothing, plan));

            assertThat(again.changes()).as(desired.path()).isEmpty();
            assertThat(again.notices())
                    .as(desired.path())
                    .allSatisfy(it -> assertThat(NOT_BUILT).contains(it.code()));
        }
        assertThat(built).isGreaterThan(100);
    }

    @Test
    void a_manifest_of_strangers_written_otherwise_gives_the_same_plan() {
        var rewritten = 0;
        for (var sample : corpus()) {
            var otherwise = Rewriting.of(sample.text());
            if (otherwise.isEmpty()) continue;
            var again = desired(sample.name(), otherwise.get().getBytes(UTF_8));
            var once = desired(sample.name(), sample.bytes());

            assertThat(again.stream().map(CanonicalTest::anywhere).toList())
                    .as("%s\n%s", sample.name(), otherwise.get())
                    .isEqualTo(once.stream().map(CanonicalTest::anywhere).toList());
            assertThat(again.stream().map(CanonicalTest::digest).toList())
                    .as(sample.name())
                    .isEqualTo(once.stream().map(CanonicalTest::digest).toList());
            rewritten++;
        }
        assertThat(rewritten).isGreaterThan(100);
    }

    private static List<Desired> strangers() {
        return corpus().stream().flatMap(it -> desired(it.name(), it.bytes()).stream()).toList();
    }

    /// The valid ones.
    private static List<Samples.Sample> corpus() {
        assumeTrue(
                Corpus.folder().isPresent(),
                "skipped: ASSENT_CORPUS does not name a folder of manifests");
        return Corpus.all().stream()
                .filter(it -> !desired(it.name(), it.bytes()).isEmpty())
                .toList();
    }

    /// For each environment; none where the file is invalid.
    private static List<Desired> desired(String name, byte[] bytes) {
        if (!(Manifests.READER.read(name, bytes, List.of())
                instanceof Reading.Valid(var manifest, var _))) {
            return List.of();
        }
        var environments = new TreeSet<>(manifest.environments());
        environments.add("production");
        return environments.stream()
                .map(it -> manifest.desired(new ApplicationName("shop", it)))
                .toList();
    }

    private static Digest digest(Desired desired) {
        return plan(desired, Recorded.nothing(desired.application())).digest();
    }

    private static Plan plan(Desired desired, Recorded recorded) {
        return Planner.plan(desired, recorded, everything(desired), Optional.empty());
    }

    /// What a provider has that can build all of it.
    private static Catalogue everything(Desired desired) {
        Map<Variant, List<Version>> versions = new HashMap<>();
        for (var variant : Variant.values()) {
            var all = new ArrayList<>(List.of(new Version("1.0")));
            desired.groups().stream()
                    .map(DesiredGroup::specification)
                    .filter(it -> it.variant() == variant)
                    .map(Specification::version)
                    .flatMap(Optional::stream)
                    .forEach(all::add);
            versions.put(variant, all);
        }
        return new Catalogue(
                "everywhere",
                versions,
                new TreeSet<>(),
                new TreeSet<>(),
                Set.of(Variant.values()),
                false);
    }

    /// The same without places.
    private static Desired anywhere(Desired desired) {
        return new Desired(
                desired.application(),
                "",
                desired.groups().stream().map(CanonicalTest::anywhere).toList());
    }

    private static DesiredGroup anywhere(DesiredGroup group) {
        return new DesiredGroup(
                group.name(),
                group.specification(),
                group.external(),
                group.primary(),
                group.servers().stream()
                        .map(it -> new DesiredServer(it.name(), it.settings(), NOWHERE))
                        .toList(),
                group.replication().map(it -> new DesiredReplication(it.source(), NOWHERE)),
                group.backups().map(it -> new DesiredBackups(it.backups(), NOWHERE)),
                NOWHERE);
    }
}
