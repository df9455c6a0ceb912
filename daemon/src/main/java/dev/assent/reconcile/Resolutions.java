package dev.assent.reconcile;

import dev.assent.apply.Doubt;
import dev.assent.apply.Doubts;
import dev.assent.log.About;
import dev.assent.state.Approval;
import dev.assent.state.Decision;
import dev.assent.state.Resolution;
import dev.assent.state.Start;
import dev.assent.state.Store;
import dev.assent.state.StoredPlan;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What people say of plans that are under way: that one stops, and what to make of a step of which
/// nobody else can tell what became of it.
///
/// @param goOn carries on with a plan
record Resolutions(Store store, ApplicationSettings settings, Consumer<Approval> goOn) {

    private static final Logger LOG = LoggerFactory.getLogger(Resolutions.class);

    /// For which step a plan stands still, and what can be seen of that; empty where it does not.
    Optional<Doubt> doubt(StoredPlan plan) {
        return store.plans().standing(plan.digest()).flatMap(doubts()::of);
    }

    private Doubts doubts() {
        return new Doubts(store, settings.providers());
    }

    /// Has a plan that stands still go on.
    Decision resolve(StoredPlan plan, String step, Resolution resolution, String who) {
        var standing = store.plans().standing(plan.digest());
        var doubt = standing.flatMap(doubts()::of).filter(it -> it.step().equals(step));
        // Where it is about something else, the store says so.
        if (doubt.isPresent() && resolution == Resolution.ADOPT) {
            var why = doubts().adopt(standing.orElseThrow(), step);
            if (why.isPresent()) {
                return new Decision.Refused(
                        "step %s of %s cannot count as done: %s"
                                .formatted(step, plan.id(), why.get()));
            }
        }
        return switch (store.plans().resolve(plan.digest(), step, resolution, who)) {
            case Start.Started(var approval) -> {
                try (var _ = plan.about().and(About.STEP, step).event("plan.resolved").enter()) {
                    LOG.info(
                            "{}: {} goes on: step {} is {}, as {} said",
                            plan.plan().application(),
                            plan.id(),
                            step,
                            words(resolution),
                            who);
                }
                goOn.accept(approval);
                yield new Decision.Decided(
                        store.plans().find(plan.digest().toString()).orElse(plan));
            }
            case Start.Refused(var why) -> new Decision.Refused(why);
        };
    }

    private static String words(Resolution resolution) {
        return switch (resolution) {
            case ADOPT -> "done";
            case RETRY -> "done again";
            case FAILED -> "given up";
        };
    }

    /// Asks that a plan which is being applied stops where it safely can.
    Decision cancel(StoredPlan plan, String who) {
        var decision = store.plans().cancel(plan.digest(), who);
        if (decision instanceof Decision.Decided) {
            try (var _ = plan.about().event("plan.cancelled").enter()) {
                LOG.info(
                        "{}: {} is to stop after the step that it is at, as {} said",
                        plan.plan().application(),
                        plan.id(),
                        who);
            }
        }
        return decision;
    }
}
