package dev.assent.apply;

import dev.assent.model.Engine;
import dev.assent.plan.Change;
import dev.assent.plan.Change.AcceptVersion;
import dev.assent.plan.Change.AddServer;
import dev.assent.plan.Change.AdoptGroup;
import dev.assent.plan.Change.ChangeSetting;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.plan.Change.PromoteServer;
import dev.assent.plan.Change.ReleaseGroup;
import dev.assent.plan.Change.RemoveGroup;
import dev.assent.plan.Change.RemoveServer;
import dev.assent.plan.Change.RepairServer;
import dev.assent.plan.Change.ResyncServer;
import dev.assent.plan.Change.RotateCredentials;
import dev.assent.plan.Change.SetBackups;
import dev.assent.plan.Change.SetPrimary;
import dev.assent.plan.Change.SetProtection;
import dev.assent.plan.Change.StartReplication;
import dev.assent.plan.Change.StopReplication;
import dev.assent.plan.Plan;
import dev.assent.plan.render.Estimate;
import dev.assent.plan.render.Estimates;
import dev.assent.state.StepTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Says how long the changes of a plan will take, from how long the same work took before. The
/// middle of the last times is what counts: one that was held up for an hour says nothing.
public final class Forecast {

    /// How many steps of the past are worth looking at.
    public static final int PAST = 1_000;

    private static final int LAST = 20;

    private final Map<ServerWork.Kind, List<Duration>> past;

    private Forecast(List<StepTime> past) {
        this.past =
                past.stream()
                        .filter(it -> ServerWork.Kind.of(it.what()).isPresent())
                        .collect(
                                Collectors.groupingBy(
                                        it -> ServerWork.Kind.of(it.what()).orElseThrow(),
                                        Collectors.mapping(StepTime::time, Collectors.toList())));
    }

    /// What is known of a plan; nothing of a change whose like was never done.
    ///
    /// @param past the newest first
    public static Estimates of(Plan plan, List<StepTime> past) {
        var forecast = new Forecast(past);
        var estimates = new TreeMap<String, Estimate>();
        for (var planned : plan.changes()) {
            forecast.of(planned.change()).ifPresent(it -> estimates.put(planned.id(), it));
        }
        return new Estimates(estimates);
    }

    private Optional<Estimate> of(Change change) {
        var engine = change.group().engine();
        return switch (change) {
            case CreateGroup it -> times(it.servers().size(), ServerWork.BUILD, engine);
            case AddServer _ -> times(1, ServerWork.BUILD, engine);
            case RemoveServer _ -> times(1, ServerWork.REMOVE, engine);
            case RemoveGroup it -> times(it.servers().size(), ServerWork.REMOVE, engine);
            // A line in the record, which takes no time worth speaking of.
            case AdoptGroup _,
                    ChangeSetting _,
                    SetBackups _,
                    SetProtection _,
                    StopReplication _,
                    StartReplication _,
                    SetPrimary _,
                    PromoteServer _,
                    ResyncServer _,
                    RotateCredentials _,
                    RepairServer _,
                    AcceptVersion _,
                    ReleaseGroup _ ->
                    Optional.empty();
        };
    }

    private Optional<Estimate> times(int count, ServerWork work, Engine engine) {
        var last =
                past.getOrDefault(new ServerWork.Kind(work, engine), List.of()).stream()
                        .limit(LAST)
                        .sorted()
                        .toList();
        if (last.isEmpty() || count == 0) return Optional.empty();
        var middle = last.get(last.size() / 2);
        return Optional.of(new Estimate(middle.multipliedBy(count).toMillis(), last.size()));
    }
}
