package dev.assent.metrics;

import static dev.assent.metrics.Counters.REPOSITORY;

import dev.assent.metrics.Family.Value;
import dev.assent.source.Repository;
import dev.assent.state.Census;
import dev.assent.state.RepositoryState;
import dev.assent.state.RepositoryState.Condition;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// How the repositories stand, and what was read of them.
final class RepositoryGauges {

    private static final String CONDITION = "condition";

    /// What a scheduler and a busy machine may add to a repository's own pace.
    private static final Duration GRACE = Duration.ofSeconds(30);

    static final List<Family> ALL =
            List.of(
                    new Family(
                            "assent.repository.condition",
                            "1 for the condition that a repository was found in, 0 for the others.",
                            it ->
                                    it.census().repositories().stream()
                                            .flatMap(RepositoryGauges::conditions)),
                    new Family(
                            "assent.repository.last.poll.timestamp.seconds",
                            "When a repository was looked at last, whatever that found.",
                            it ->
                                    it.census().repositories().stream()
                                            .map(state ->
                                                    Value.of(
                                                            state.checkedAt().toEpochMilli()
                                                                    / 1000.0,
                                                            REPOSITORY,
                                                            state.name()))),
                    new Family(
                            "assent.polls.due",
                            "Repositories that answer and whose next poll is late.",
                            it ->
                                    Stream.of(
                                            Value.of(
                                                    it.census().repositories().stream()
                                                            .filter(state -> isDue(state, it))
                                                            .count()))),
                    new Family(
                            "assent.manifests",
                            "Manifests, one for each application, by how they were read.",
                            it -> read(it.census().manifests())),
                    new Family(
                            "assent.heads",
                            "Pull requests and other branches that are planned beside the branch.",
                            it -> read(it.census().heads())));

    private RepositoryGauges() {}

    private static Stream<Value> conditions(RepositoryState state) {
        return Arrays.stream(Condition.values())
                .map(it ->
                        Value.of(
                                it == state.condition(),
                                REPOSITORY,
                                state.name(),
                                CONDITION,
                                it.word()));
    }

    /// One that does not answer is asked more and more seldom.
    private static boolean isDue(RepositoryState state, Moment moment) {
        return state.condition() == Condition.OK
                && moment.repositories().stream()
                        .filter(it -> it.name().equals(state.name()))
                        .map(Repository::poll)
                        .anyMatch(it ->
                                state.checkedAt().plus(it).plus(GRACE).isBefore(moment.now()));
    }

    private static Stream<Value> read(List<Census.Read> read) {
        return read.stream()
                .map(it ->
                        Value.of(
                                it.number(),
                                REPOSITORY,
                                it.repository(),
                                CONDITION,
                                it.condition()));
    }
}
