package dev.assent.http;

import dev.assent.http.api.PlanSummary;
import dev.assent.http.api.Status;
import dev.assent.model.ApplicationName;
import dev.assent.model.Recorded;
import dev.assent.state.ManifestState;
import dev.assent.state.Outbox;
import dev.assent.state.RepositoryState;
import dev.assent.state.StoredPlan;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How everything stands: repositories, manifests, what exists, what waits for somebody.
final class StatusRoutes {

    /// Less than anybody waits for an answer.
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final int UNSENT = 20;

    private final Desk desk;
    private final Watch watch;

    StatusRoutes(Desk desk) {
        this.desk = desk;
        this.watch = new Watch(desk, PATIENCE);
    }

    void register(RoutesConfig routes) {
        routes.get("/api/v1/status", this::status);
    }

    private void status(Context context) {
        var scope = Question.scope(context);
        var applications = new Known(desk).applications(scope);
        if (scope.isPresent() && applications.isEmpty()) throw Known.nothingOf(scope.get());
        var manifests = byApplication(desk.manifests(), ManifestState::application);
        var records = byApplication(desk.records(), Recorded::application);
        var plans =
                desk.openPlans().stream()
                        .collect(Collectors.groupingBy(it -> it.plan().application()));
        var standing =
                applications.stream()
                        .map(it ->
                                Optional.ofNullable(records.get(it)).orElse(Recorded.nothing(it)))
                        .toList();
        var groups = watch.groups(standing);
        var findings = desk.findings();
        context.json(
                new Status(
                        desk.notReady(),
                        desk.repositories().stream().map(StatusRoutes::repository).toList(),
                        standing.stream()
                                .map(it ->
                                        application(
                                                it,
                                                Optional.ofNullable(
                                                        manifests.get(it.application())),
                                                groups.getOrDefault(it.application(), List.of()),
                                                Status.Finding.of(findings, it.application()),
                                                plans.getOrDefault(it.application(), List.of())))
                                .toList(),
                        desk.unsent(UNSENT).stream().map(StatusRoutes::unsent).toList(),
                        desk.nodes().stream()
                                .map(it -> new Status.Node(it.holder(), it.onDuty(), it.own()))
                                .toList()));
    }

    private static Status.Unsent unsent(Outbox.Trouble trouble) {
        var letter = trouble.letter();
        return new Status.Unsent(
                letter.to(),
                letter.kind(),
                letter.slot(),
                trouble.givenUp() ? "given_up" : "waiting",
                letter.uncertain(),
                trouble.why(),
                trouble.since());
    }

    private static Status.Application application(
            Recorded recorded,
            Optional<ManifestState> manifest,
            List<Status.Group> groups,
            List<Status.Finding> findings,
            List<StoredPlan> plans) {
        return new Status.Application(
                recorded.application().app(),
                recorded.application().environment(),
                recorded.serial(),
                manifest.map(StatusRoutes::manifest),
                groups,
                findings,
                plans.stream().map(PlanSummary::of).toList());
    }

    private static Status.Manifest manifest(ManifestState state) {
        return new Status.Manifest(
                state.provenance().repository(),
                state.provenance().path(),
                state.provenance().commit(),
                state.condition().name().toLowerCase(Locale.ROOT),
                state.problems(),
                state.readAt());
    }

    private static Status.Repository repository(RepositoryState state) {
        return new Status.Repository(
                state.name(),
                state.condition().word(),
                state.detail(),
                state.head(),
                state.since(),
                state.checkedAt());
    }

    private static <T> Map<ApplicationName, T> byApplication(
            List<T> all, Function<T, ApplicationName> application) {
        return all.stream().collect(Collectors.toMap(application, Function.identity()));
    }
}
