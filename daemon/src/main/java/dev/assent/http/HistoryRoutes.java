package dev.assent.http;

import dev.assent.http.api.History;
import dev.assent.http.api.PlanSummary;
import dev.assent.model.ApplicationName;
import dev.assent.state.AuditEntry;
import dev.assent.state.AuditFilter;
import dev.assent.state.StoredPlan;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What happened, and who said yes to it.
final class HistoryRoutes {

    private static final int USUAL = 50;
    private static final int MOST = 1000;

    private final Desk desk;

    HistoryRoutes(Desk desk) {
        this.desk = desk;
    }

    void register(RoutesConfig routes) {
        routes.get("/api/v1/history", this::history);
    }

    private void history(Context context) {
        var scope = Question.scope(context);
        var limit = (int) Question.number(context, "limit", USUAL, MOST);
        var since = Question.instant(context, "since");
        var plan =
                Optional.ofNullable(context.queryParam("plan"))
                        .map(it -> FoundPlan.named(desk, it).digest());
        var filter = new AuditFilter(Optional.empty(), plan, since);
        context.json(
                new History(
                        gather(scope, it -> desk.audit(filter.with(it), limit).stream())
                                .sorted(Comparator.comparingLong(AuditEntry::number).reversed())
                                .limit(limit)
                                .map(it -> History.Entry.of(it, desk.hook(it)))
                                .toList(),
                        gather(scope, it -> desk.plans(it, limit).stream())
                                .filter(it -> plan.map(it.digest()::equals).orElse(true))
                                .filter(it -> since.map(it.changedAt()::compareTo).orElse(0) >= 0)
                                .sorted(Comparator.comparing(StoredPlan::proposedAt).reversed())
                                .limit(limit)
                                .map(PlanSummary::of)
                                .toList()));
    }

    /// One question for all applications or for exactly one; for an app, one for each of its
    /// environments.
    private <T> Stream<T> gather(
            Optional<Scope> scope, Function<Optional<ApplicationName>, Stream<T>> ask) {
        if (scope.isEmpty()) return ask.apply(Optional.empty());
        var applications = new Known(desk).applications(scope);
        if (applications.isEmpty()) throw Known.nothingOf(scope.get());
        return applications.stream().map(Optional::of).flatMap(ask);
    }
}
