package dev.assent.reconcile;

import dev.assent.manifest.Problem;
import dev.assent.model.ApplicationName;
import dev.assent.model.Desired;
import dev.assent.plan.Plan;
import dev.assent.reconcile.AheadOfBranch.Effective;
import dev.assent.state.ManifestState;
import dev.assent.state.ManifestState.Condition;
import dev.assent.state.Plans.Proposal;
import dev.assent.state.Provenance;
import dev.assent.state.Store;
import dev.assent.trace.Stage;
import dev.assent.trace.Traces;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;

/// Makes plans of what is declared and proposes them, with what people have asked for beside it.
final class Proposing {

    private final Store store;
    private final Planning planning;
    private final Requests requests;
    private final AheadOfBranch ahead;
    private final Announcer announcer;
    private final InstantSource clock;

    private final PlanningTurn turn;

    Proposing(
            Store store,
            Planning planning,
            Requests requests,
            AheadOfBranch ahead,
            Announcer announcer,
            InstantSource clock,
            PlanningTurn turn) {
        this.store = store;
        this.planning = planning;
        this.requests = requests;
        this.ahead = ahead;
        this.announcer = announcer;
        this.clock = clock;
        this.turn = turn;
    }

    /// Plans an application anew from what was read last.
    ///
    /// @param proposing how the plan is proposed
    void plan(Declarations.View view, BiFunction<Plan, Provenance, Proposal> proposing) {
        turn.exclusively(() -> planned(view, proposing)).run();
    }

    /// @return tells people of it
    private Runnable planned(
            Declarations.View view, BiFunction<Plan, Provenance, Proposal> proposing) {
        // A poll that read a newer commit meanwhile has planned that one.
        if (!store.manifests().get(view.application()).equals(view.manifest())) return () -> {};
        if (view.reading().isEmpty()) {
            nothing(view.desired());
            return () -> {};
        }
        return propose(
                view.desired(),
                view.reading().get().warnings(),
                view.manifest().orElseThrow().provenance(),
                proposing);
    }

    /// Proposes what is to be done so that a manifest is true. To be called by who has the turn to
    /// plan.
    ///
    /// @return tells people of it
    Runnable propose(Desired desired, List<Problem> warnings, Provenance provenance) {
        return propose(desired, warnings, provenance, store.plans()::propose);
    }

    private Runnable propose(
            Desired desired,
            List<Problem> warnings,
            Provenance provenance,
            BiFunction<Plan, Provenance, Proposal> proposing) {
        try (var _ = Traces.begin(Stage.PLAN, provenance.about(desired.application()))) {
            return proposeEffective(desired, warnings, provenance, proposing);
        }
    }

    private Runnable proposeEffective(
            Desired desired,
            List<Problem> warnings,
            Provenance provenance,
            BiFunction<Plan, Provenance, Proposal> proposing) {
        return switch (ahead.effective(desired.application(), provenance)) {
            case Effective.AsItIs() -> proposeWhole(desired, warnings, provenance, proposing);
            case Effective.With(var whole) -> proposeWhole(whole, warnings, provenance, proposing);
            case Effective.Unknown(var why) -> {
                note(desired.application(), provenance, Condition.VALID, List.of(why));
                nothing(new Desired(desired.application(), provenance.path(), List.of()));
                yield () -> {};
            }
        };
    }

    private Runnable proposeWhole(
            Desired desired,
            List<Problem> warnings,
            Provenance provenance,
            BiFunction<Plan, Provenance, Proposal> proposing) {
        var application = desired.application();
        while (true) {
            var plan = planning.plan(desired, provenance.commit());
            note(application, provenance, Condition.VALID, Remarks.of(warnings, plan));
            var proposal = proposing.apply(plan, provenance);
            switch (proposal) {
                case STALE -> {
                    continue;
                }
                case NEW, KNOWN -> authored(plan);
                case EMPTY -> store.manifests().fulfilled(application);
                // While one is being applied, nothing is proposed: it is planned again at the end.
                case BUSY -> {}
            }
            requests.planAnew(desired);
            return proposal == Proposal.NEW ? () -> announcer.proposed(plan, provenance) : () -> {};
        }
    }

    /// All that the manifest says and that is not so yet is in the plan, whichever commit it is
    /// from.
    private void authored(Plan plan) {
        store.heads().authored(plan.digest(), store.manifests().authors(plan.application()));
    }

    /// Without a manifest nothing is wanted but what people ask for.
    void nothing(Desired none) {
        var application = none.application();
        var serial = store.records().of(application).serial();
        var plan = new Plan(application, serial, List.of(), List.of(), 0);
        store.plans().propose(plan, Provenance.NONE);
        requests.planAnew(none);
    }

    /// Notes how a manifest is, and what is to be said of it.
    void note(
            ApplicationName application,
            Provenance provenance,
            Condition condition,
            List<String> remarks) {
        store.manifests()
                .put(
                        new ManifestState(
                                application, provenance, condition, remarks, clock.instant()));
    }
}
