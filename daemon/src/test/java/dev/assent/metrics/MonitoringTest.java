package dev.assent.metrics;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.engine.Answer;
import dev.assent.model.ApplicationName;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.Recorded.Standing;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.observation.Observation;
import dev.assent.observation.Observation.Answered;
import dev.assent.observation.Observation.Fetched;
import dev.assent.observation.Observation.ForgeAsked;
import dev.assent.observation.Observation.Polled;
import dev.assent.observation.Observation.Stepped;
import dev.assent.plan.Finding.Kind;
import dev.assent.provider.Health;
import dev.assent.reconcile.Lookout;
import dev.assent.source.ManifestPattern;
import dev.assent.source.Repository;
import dev.assent.state.Census;
import dev.assent.state.PlanState;
import dev.assent.state.RepositoryState;
import dev.assent.state.RepositoryState.Condition;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the samples ask for is told, and what is told is described.
class MonitoringTest {

    private static final Path SAMPLES = Path.of("..", "samples", "monitoring");
    private static final Pattern NAME = Pattern.compile("\\b(assent|jvm|process)_[a-z_]+");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(assent_[a-z_]+)` \\|");

    /// Nothing of this version takes backups.
    private static final Set<String> NOT_YET = Set.of("assent_backup_age_seconds");

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    @TempDir Path folder;

    @Test
    void what_the_dashboard_asks_for_is_told() throws IOException {
        assertThat(told()).containsAll(asked("grafana-dashboard.json", "\"expr\":"));
    }

    @Test
    void what_the_alerts_ask_for_is_told() throws IOException {
        assertThat(told()).containsAll(asked("prometheus-rules.yml", "expr:"));
    }

    @Test
    void what_is_told_is_described_and_nothing_else_is() throws IOException {
        var described =
                ROW.matcher(Files.readString(SAMPLES.resolve("README.md")))
                        .results()
                        .map(it -> it.group(1))
                        .collect(toCollection(TreeSet::new));

        assertThat(described).containsAll(NOT_YET);
        described.removeAll(NOT_YET);
        assertThat(families()).isEqualTo(described);
    }

    @Test
    void what_nobody_can_tell_yet_is_absent() {
        assertThat(told()).doesNotContainAnyElementsOf(NOT_YET);
    }

    /// The names in the lines of a file that ask something.
    private static Set<String> asked(String file, String mark) throws IOException {
        var names =
                Files.readAllLines(SAMPLES.resolve(file)).stream()
                        .filter(it -> it.contains(mark))
                        .flatMap(it -> NAME.matcher(it).results())
                        .map(it -> it.group())
                        .collect(toCollection(TreeSet::new));
        assertThat(names).hasSizeGreaterThan(10);
        names.removeAll(NOT_YET);
        return names;
    }

    private Set<String> told() {
        return page().names();
    }

    private Set<String> families() {
        return page().text()
                .lines()
                .filter(it -> it.startsWith("# TYPE assent_"))
                .map(it -> it.split(" ")[2])
                .filter(it -> !it.endsWith("_max"))
                .collect(toCollection(TreeSet::new));
    }

    /// A scrape at which everything can be told.
    private Exposition page() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (var _ = new Machine(registry);
                var lookout = lookout()) {
            System.gc();
            lookout.start();
            Awaitility.await().until(() -> lookout.view().isPresent());
            var counters = new Counters(registry);
            observations().forEach(counters::saw);
            new Gauges(registry).show(moment(lookout.view(), counters.remaining()));
            // Told by the Java machine itself, some time after.
            Awaitility.await()
                    .until(registry::scrape, it -> it.contains("jvm_gc_pause_seconds_sum"));
            return new Exposition(registry.scrape());
        }
    }

    private static Stream<Observation> observations() {
        var time = Duration.ofMillis(5);
        return Stream.of(
                new Polled("platform", "ok", time),
                new Fetched("platform", time),
                new Stepped("create-group", true, time),
                new ForgeAsked("platform", "gitea", OptionalLong.of(200), OptionalLong.of(9), time),
                new Answered("GET", "/healthz", 200, time));
    }

    private Moment moment(Optional<Lookout.View> view, Map<Counters.Asked, Long> remaining) {
        var repository =
                new Repository(
                        "platform",
                        "https://git.example.org/platform.git",
                        "main",
                        List.of(new ManifestPattern("apps/{app}/manifest.yml")),
                        List.of("production"),
                        Duration.ofSeconds(30));
        var state =
                new RepositoryState(
                        "platform", Optional.empty(), "", Condition.OK, Optional.empty(), NOW, NOW);
        var census =
                new Census(
                        List.of(state),
                        List.of(new Census.Read("platform", "valid", 1)),
                        List.of(new Census.Read("platform", "planned", 1)),
                        List.of(new Census.Standing(PlanState.PROPOSED, 1, Optional.of(NOW))),
                        List.of(new Census.Built("postgresql", 1)),
                        List.of(new Census.Post("notify:ops", 0, 0, 0)),
                        List.of(new Census.Found(Kind.MISSING, 1)));
        return new Moment(
                NOW,
                folder,
                "1.0",
                List.of(repository),
                census,
                view,
                remaining,
                Optional.empty(),
                Optional.empty());
    }

    private static Lookout lookout() {
        var servers =
                Stream.of("one", "two")
                        .map(it ->
                                new RecordedServer(
                                        ServerSpec.of(it), new Endpoint("127.0.0.1", 20_001)))
                        .toList();
        var group =
                new RecordedGroup(
                        GroupName.parse("postgresql/main").orElseThrow(),
                        Specification.of(Variant.POSTGRESQL).pinned(new Version("16")),
                        Origin.MANIFEST,
                        Standing.fresh(Origin.MANIFEST, true),
                        servers);
        var recorded = new Recorded(new ApplicationName("shop", "production"), 1, List.of(group));
        var following =
                new Health(
                        Health.State.RUNNING,
                        OptionalLong.empty(),
                        Optional.empty(),
                        Optional.of(
                                new Answer(
                                        new Version("16"),
                                        true,
                                        Optional.empty(),
                                        Optional.of(Duration.ofSeconds(3)),
                                        Optional.empty())),
                        Optional.empty(),
                        List.of(),
                        OptionalLong.empty());
        return new Lookout(() -> List.of(recorded), _ -> following, InstantSource.fixed(NOW));
    }
}
