package dev.assent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.ApplicationName;
import dev.assent.model.GroupName;
import dev.assent.model.Place;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.observation.Observation.Applied;
import dev.assent.observation.Observation.Decided;
import dev.assent.observation.Observation.Fetched;
import dev.assent.observation.Observation.Outcome;
import dev.assent.observation.Observation.Polled;
import dev.assent.observation.Observation.Stepped;
import dev.assent.observation.Observation.StoreUsed;
import dev.assent.observation.Observation.Use;
import dev.assent.plan.Because;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.plan.Effect;
import dev.assent.plan.Plan;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.provider.Health;
import dev.assent.reconcile.Lookout;
import dev.assent.source.ManifestPattern;
import dev.assent.source.Repository;
import dev.assent.state.ManifestState;
import dev.assent.state.ManifestState.Condition;
import dev.assent.state.Provenance;
import dev.assent.state.RepositoryState;
import dev.assent.state.SecretKeyFile;
import dev.assent.state.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An installation as large as one gets has as many series as a small one.
class CardinalityIT {

    private static final int APPLICATIONS = 3_000;
    private static final int PLANS_EACH = 3;
    private static final int AT_ONCE = 500;
    private static final int MOST_SERIES = 400;
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final Repository PLATFORM =
            new Repository(
                    "platform",
                    "https://git.example.org/platform.git",
                    "main",
                    List.of(new ManifestPattern("apps/{app}/manifest.yml")),
                    List.of("production"),
                    Duration.ofSeconds(30));

    @TempDir Path folder;

    @Test
    void
            ten_thousand_applications_with_three_plans_each_have_the_very_series_of_one_fewer_than_400() {
        try (var store =
                Store.open(
                        folder.resolve("assent.db"),
                        SecretKeyFile.readOrCreate(folder.resolve("secret.key")),
                        InstantSource.fixed(NOW))) {
            fill(store, 0, 1);
            var few = scrape(store);

            fill(store, 1, APPLICATIONS);
            var many = scrape(store);

            assertThat(many.value("assent_plans{state=\"proposed\"}")).hasValue(APPLICATIONS);
            assertThat(many.value("assent_plans{state=\"superseded\"}"))
                    .hasValue(APPLICATIONS * (PLANS_EACH - 1));
            assertThat(many.value("assent_manifests{condition=\"valid\",repository=\"platform\"}"))
                    .hasValue(APPLICATIONS);
            assertThat(ours(many))
                    .as("the series of %d applications", APPLICATIONS)
                    .isEqualTo(ours(few))
                    .hasSizeLessThan(MOST_SERIES);
        }
    }

    /// Without their values, and without the Java machine's, which come and go.
    private static List<String> ours(Exposition page) {
        return page.series().stream()
                .filter(it -> it.startsWith("assent_"))
                .map(it -> it.substring(0, it.lastIndexOf(' ')))
                .toList();
    }

    private Exposition scrape(Store store) {
        var lookout =
                new Lookout(
                        store.records()::all,
                        it -> Health.missing("nothing of " + it),
                        InstantSource.fixed(NOW));
        var sources =
                new Sources(
                        store,
                        folder,
                        lookout,
                        () -> List.of(PLATFORM),
                        () -> List.of("notify:ops"),
                        Optional::empty,
                        Optional::empty,
                        "1.0",
                        InstantSource.fixed(NOW));
        try (lookout;
                var metrics = new Metrics(sources)) {
            tell(metrics);
            var began = System.nanoTime();
            var page = Exposition.of(metrics.page(""));
            // To be looked at: how fast this machine is, is no promise of the program.
            System.out.printf(
                    "%.0f open plans: %d series, scraped in %.1f ms%n",
                    page.value("assent_plans{state=\"proposed\"}").orElseThrow(),
                    page.series().size(),
                    (System.nanoTime() - began) / 1e6);
            return page;
        }
    }

    /// What each of the applications could have brought about.
    private static void tell(Metrics metrics) {
        for (var i = 0; i < APPLICATIONS; i++) {
            metrics.saw(new Polled("platform", "ok", Duration.ofMillis(i)));
            metrics.saw(new Fetched("platform", Duration.ofMillis(i)));
            metrics.saw(new Decided(i % 2 == 0, Duration.ofMinutes(i)));
            metrics.saw(new Stepped("create-group", i % 7 > 0, Duration.ofMillis(i)));
            metrics.saw(new Applied(Outcome.APPLIED, Duration.ofMillis(i)));
            metrics.saw(new StoreUsed(Use.WRITE, Duration.ZERO, Duration.ofNanos(i)));
        }
    }

    private static void fill(Store store, int from, int to) {
        store.repositories()
                .put(
                        new RepositoryState(
                                "platform",
                                Optional.of("c0ffee"),
                                "",
                                RepositoryState.Condition.OK,
                                Optional.empty(),
                                NOW,
                                NOW));
        for (var next = from; next < to; next += AT_ONCE) {
            var first = next;
            store.together(() -> {
                for (var i = first; i < Math.min(first + AT_ONCE, to); i++) fill(store, i);
            });
        }
    }

    private static void fill(Store store, int number) {
        var application = new ApplicationName("app" + number, "production");
        var provenance =
                new Provenance("platform", "apps/app" + number + "/manifest.yml", "c0ffee");
        store.manifests()
                .put(new ManifestState(application, provenance, Condition.VALID, List.of(), NOW));
        for (var i = 0; i < PLANS_EACH; i++) {
            store.plans().propose(plan(application, "group" + i), provenance);
        }
    }

    private static Plan plan(ApplicationName application, String name) {
        var group = GroupName.parse("postgresql/" + name).orElseThrow();
        var change =
                new CreateGroup(
                        group,
                        Specification.of(Variant.POSTGRESQL).pinned(new Version("16")),
                        Origin.MANIFEST,
                        List.of(ServerSpec.of(name + "-1")),
                        true);
        var because = new Because.Declared(Place.at("apps/x/manifest.yml", 1, 1), Optional.empty());
        return new Plan(
                application,
                0,
                List.of(new PlannedChange("c1", change, because, List.of(), Effect.NONE, "")),
                List.of(),
                0);
    }
}
