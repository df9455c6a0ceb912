package dev.assent.metrics;

import dev.assent.metrics.Family.Value;
import dev.assent.state.Census;
import dev.assent.state.PlanState;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// How plans stand, and what is to be told of them.
final class PlanGauges {

    /// Those that wait for somebody or something.
    private static final Set<PlanState> WAITING =
            EnumSet.of(PlanState.PROPOSED, PlanState.APPROVED);

    static final List<Family> ALL =
            List.of(
                    new Family(
                            "assent.plans",
                            "Plans by state.",
                            it ->
                                    it.census().plans().stream()
                                            .map(plans ->
                                                    Value.of(
                                                            plans.number(),
                                                            "state",
                                                            plans.state().word()))),
                    new Family(
                            "assent.plan.oldest.seconds",
                            "How long ago the oldest of the plans was proposed that wait.",
                            PlanGauges::oldest),
                    new Family(
                            "assent.letters",
                            "What is to be told to others: waiting, uncertain (some of those), given up.",
                            it -> it.census().letters().stream().flatMap(PlanGauges::letters)),
                    new Family(
                            "assent.forge.requests.remaining",
                            "How many more requests a forge says that it takes for now.",
                            it ->
                                    it.remaining().entrySet().stream()
                                            .map(of ->
                                                    Value.of(
                                                            of.getValue(),
                                                            Counters.REPOSITORY,
                                                            of.getKey().repository(),
                                                            "forge",
                                                            of.getKey().forge()))));

    private PlanGauges() {}

    private static Stream<Value> oldest(Moment moment) {
        return moment.census().plans().stream()
                .filter(it -> WAITING.contains(it.state()))
                .flatMap(plans ->
                        plans.oldest().stream()
                                .map(it ->
                                        Value.of(moment.since(it), "state", plans.state().word())));
    }

    private static Stream<Value> letters(Census.Post post) {
        return Stream.of(
                letters(post, "waiting", post.waiting()),
                letters(post, "uncertain", post.uncertain()),
                letters(post, "given_up", post.givenUp()));
    }

    private static Value letters(Census.Post post, String state, long number) {
        return Value.of(number, "recipient", post.recipient(), "state", state);
    }
}
