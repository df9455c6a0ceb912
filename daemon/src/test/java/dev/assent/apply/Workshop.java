package dev.assent.apply;

import static dev.assent.plan.Given.CATALOGUE;
import static dev.assent.plan.Given.declared;
import static dev.assent.plan.Given.desired;
import static dev.assent.plan.Given.group;

import dev.assent.model.ApplicationName;
import dev.assent.model.Desired;
import dev.assent.model.GroupName;
import dev.assent.model.Place;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.observation.Observer;
import dev.assent.plan.Because;
import dev.assent.plan.Change;
import dev.assent.plan.Digest;
import dev.assent.plan.Effect;
import dev.assent.plan.Plan;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.plan.Planner;
import dev.assent.state.Approval;
import dev.assent.state.Assent;
import dev.assent.state.Clearance;
import dev.assent.state.Provenance;
import dev.assent.state.SecretKeyFile;
import dev.assent.state.Start;
import dev.assent.state.Store;
import dev.assent.state.StoredPlan;
import dev.assent.state.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// A real store, a provider that counts, and short words for what tests do with them.
final class Workshop implements AutoCloseable {

    static final GroupName MAIN = group("postgresql/main");
    static final ApplicationName SHOP = new ApplicationName("shop", "production");

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    /// With a provider that cannot be asked.
    private static final Patience LITTLE =
            new Patience(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(4));

    private final Observer observer;
    final Store store;
    ScriptedProvider provider = new ScriptedProvider();

    Workshop(Path folder) {
        this(folder, Observer.NOBODY);
    }

    Workshop(Path folder, Observer observer) {
        this.observer = observer;
        store =
                Store.open(
                        folder.resolve("assent.db"),
                        SecretKeyFile.readOrCreate(folder.resolve("secret.key")),
                        InstantSource.fixed(NOW),
                        observer);
    }

    @Override
    public void close() {
        store.close();
    }

    void apply(Approval approval) {
        new Applier(store, _ -> provider, observer, LITTLE).apply(approval);
    }

    Doubts doubts() {
        return new Doubts(store, _ -> provider);
    }

    /// What the next daemon does with a plan.
    void takeUp(Digest digest) {
        store.plans().takeUp(digest).ifPresent(this::apply);
    }

    StoredPlan plan(Approval approval) {
        return store.plans().find(approval.digest().toString()).orElseThrow();
    }

    List<String> servers(ApplicationName app) {
        return store.records().of(app).group(MAIN).map(RecordedGroup::servers).stream()
                .flatMap(List::stream)
                .map(it -> it.name().name())
                .toList();
    }

    Approval create(ApplicationName app, String... servers) {
        var wanted = desired(declared("postgresql/main").version("16").servers(servers));
        var desired = new Desired(app, wanted.path(), wanted.groups());
        return start(Planner.plan(desired, store.records().of(app), CATALOGUE, Optional.empty()));
    }

    Approval approved(ApplicationName app, Change change) {
        var because = new Because.Declared(Place.at("m.yml", 1, 1), Optional.empty());
        var planned = new PlannedChange("c1", change, because, List.of(), Effect.NONE, "");
        var serial = store.records().of(app).serial();
        return start(new Plan(app, serial, List.of(planned), List.of(), 0));
    }

    private Approval start(Plan plan) {
        store.plans().propose(plan, new Provenance("platform", "apps/shop/manifest.yml", "abcd"));
        var all = new TreeSet<>(plan.changes().stream().map(PlannedChange::id).toList());
        var yes = new Verdict.Approve(new Assent("ada", "cli", NOW, all), Optional.empty());
        var begun =
                store.plans()
                        .decideAndStart(
                                plan.digest(),
                                "ada",
                                _ -> yes,
                                _ -> true,
                                _ -> new Clearance.Clear());
        return started(begun.start().orElseThrow());
    }

    static Approval started(Start start) {
        return switch (start) {
            case Start.Started(var approval) -> approval;
            case Start.Refused(var why) -> throw new AssertionError(why);
        };
    }
}
