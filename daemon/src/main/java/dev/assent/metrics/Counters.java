package dev.assent.metrics;

import dev.assent.observation.Observation;
import dev.assent.observation.Observation.Answered;
import dev.assent.observation.Observation.Applied;
import dev.assent.observation.Observation.Decided;
import dev.assent.observation.Observation.Fetched;
import dev.assent.observation.Observation.ForgeAsked;
import dev.assent.observation.Observation.Outcome;
import dev.assent.observation.Observation.Polled;
import dev.assent.observation.Observation.Stepped;
import dev.assent.observation.Observation.StoreUsed;
import dev.assent.observation.Observation.Use;
import dev.assent.observation.Observer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Counts what was done, and how long it took.
final class Counters implements Observer {

    static final String REPOSITORY = "repository";

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private static final Duration[] OF_A_FETCH = {
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };
    private static final Duration[] OF_A_WAIT = {
        Duration.ofMinutes(5),
        Duration.ofHours(1),
        Duration.ofHours(4),
        Duration.ofDays(1),
        Duration.ofDays(3),
        Duration.ofDays(7)
    };
    private static final Duration[] OF_A_STEP = {
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofMinutes(10)
    };
    private static final Duration[] OF_AN_APPLY = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofMinutes(10),
        Duration.ofHours(1)
    };
    private static final Duration[] OF_THE_STORE = {
        Duration.ofMillis(1),
        Duration.ofMillis(10),
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10)
    };

    private final MeterRegistry registry;
    private final Map<Use, Timer> store = new EnumMap<>(Use.class);
    private final Timer turn;
    private final Map<Asked, Long> remaining = new ConcurrentHashMap<>();

    /// A forge that is asked about a repository.
    record Asked(String repository, String forge) {}

    Counters(MeterRegistry registry) {
        this.registry = registry;
        for (var use : Use.values()) store.put(use, store(use));
        turn =
                Timer.builder("assent.store.wait")
                        .description("How long who writes the record waits for who wrote before.")
                        .serviceLevelObjectives(OF_THE_STORE)
                        .register(registry);
        // There from the start: an alert sees a first failure only as a rise.
        for (var outcome : Outcome.values()) apply(outcome);
        for (var approved : new boolean[] {true, false}) wait(approved);
    }

    /// How many more requests forges say that they take.
    Map<Asked, Long> remaining() {
        return Map.copyOf(remaining);
    }

    /// Forgets what was counted of repositories that are no more.
    void keepOnly(Set<String> repositories) {
        remaining.keySet().removeIf(it -> !repositories.contains(it.repository()));
        var gone = new ArrayList<Meter>();
        registry.forEachMeter(it -> {
            var repository = it.getId().getTag(REPOSITORY);
            if (repository != null && !repositories.contains(repository)) gone.add(it);
        });
        gone.forEach(registry::remove);
    }

    @Override
    public void saw(Observation it) {
        switch (it) {
            case Polled polled -> polled(polled);
            case Fetched(var repository, var time) ->
                    Timer.builder("assent.fetch")
                            .description("How long a look at a remote takes, with what is fetched.")
                            .tag(REPOSITORY, repository)
                            .serviceLevelObjectives(OF_A_FETCH)
                            .register(registry)
                            .record(time);
            // A clock that was set back says nothing.
            case Decided(var approved, var waited) ->
                    wait(approved).record(waited.isNegative() ? Duration.ZERO : waited);
            case Stepped(var action, var succeeded, var time) ->
                    Timer.builder("assent.step")
                            .description("How long the steps of plans take.")
                            .tags("action", action, "result", succeeded ? "done" : "failed")
                            .serviceLevelObjectives(OF_A_STEP)
                            .register(registry)
                            .record(time);
            case Applied(var outcome, var time) -> apply(outcome).record(time);
            case ForgeAsked asked -> asked(asked);
            case StoreUsed(var use, var waited, var time) -> {
                Objects.requireNonNull(store.get(use)).record(time);
                if (use != Use.READ) turn.record(waited);
            }
            case Answered answered -> answered(answered);
        }
    }

    private void polled(Polled polled) {
        Counter.builder("assent.polls")
                .description("How often a repository was looked at, and how that ended.")
                .tags(REPOSITORY, polled.repository(), "result", polled.result())
                .register(registry)
                .increment();
        Timer.builder("assent.poll")
                .description("How long a poll takes: fetch, read, check, plan.")
                .tag(REPOSITORY, polled.repository())
                .register(registry)
                .record(polled.time());
    }

    private Timer wait(boolean approved) {
        return Timer.builder("assent.plan.wait")
                .description("How long plans waited until they were decided on.")
                .tag("decision", approved ? "approved" : "rejected")
                .serviceLevelObjectives(OF_A_WAIT)
                .register(registry);
    }

    private Timer apply(Outcome outcome) {
        return Timer.builder("assent.apply")
                .description("How long applying a plan took, and how it ended.")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .serviceLevelObjectives(OF_AN_APPLY)
                .register(registry);
    }

    private void asked(ForgeAsked asked) {
        Timer.builder("assent.forge.request")
                .description("How long forges take to answer, and with what.")
                .tags(
                        REPOSITORY,
                        asked.repository(),
                        "forge",
                        asked.forge(),
                        "code",
                        code(asked.code()))
                .register(registry)
                .record(asked.time());
        asked.remaining()
                .ifPresent(it -> remaining.put(new Asked(asked.repository(), asked.forge()), it));
    }

    private static String code(OptionalLong code) {
        return code.isPresent() ? Long.toString(code.getAsLong()) : "none";
    }

    private Timer store(Use use) {
        return Timer.builder("assent.store")
                .description("How long reading and writing the record takes.")
                .tag("operation", use.name().toLowerCase(Locale.ROOT))
                .serviceLevelObjectives(OF_THE_STORE)
                .register(registry);
    }

    private void answered(Answered answered) {
        Timer.builder("assent.http.request")
                .description("How long requests take, by the template of their path.")
                .tags(
                        "method",
                        METHODS.contains(answered.method()) ? answered.method() : "other",
                        "route",
                        answered.route().isEmpty() ? "none" : answered.route(),
                        "code",
                        Integer.toString(answered.code()))
                .register(registry)
                .record(answered.time());
    }
}
