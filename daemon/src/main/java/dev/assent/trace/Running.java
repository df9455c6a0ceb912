package dev.assent.trace;

import dev.assent.log.About;
import dev.assent.log.Redaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/// A stage that has not ended yet. One thread alone is at it.
final class Running {

    /// What all stages of a trace share.
    private static final class Course {

        private final Follower follower;
        private Optional<String> trace = Optional.empty();

        /// Ended, while it was not known yet whether there is anything to tell.
        private final List<Supplier<Followed>> waiting = new ArrayList<>();

        private Course(Follower follower) {
            this.follower = follower;
        }

        private void ended(Supplier<Followed> stage) {
            if (trace.isPresent()) {
                follower.ended(stage.get());
            } else {
                waiting.add(stage);
            }
        }

        private void is(String id) {
            trace = Optional.of(id);
            waiting.forEach(it -> follower.ended(it.get()));
            waiting.clear();
        }
    }

    private final Course course;
    private final Stage stage;
    private final Optional<Running> in;
    private final Map<String, String> about = new TreeMap<>();
    private final Instant began = Instant.now();
    private final Optional<Place> because;
    private String span;
    private Optional<String> failure = Optional.empty();

    private Running(
            Course course, Stage stage, Optional<Running> in, About about, Optional<Place> because) {
        this.course = course;
        this.stage = stage;
        this.in = in;
        in.ifPresent(it -> this.about.putAll(it.about));
        this.about.putAll(about.fields());
        this.because = because;
        this.span = span();
    }

    /// One that happens by itself. Only of a poll it is not known from the start whether anything
    /// comes of it.
    static Running first(Stage stage, About about, Follower follower) {
        var course = new Course(follower);
        if (stage == Stage.POLL) {
            return new Running(course, stage, Optional.empty(), about, Optional.empty());
        }
        course.is(random() + random());
        return new Running(course, stage, Optional.empty(), about, plan(about.fields()));
    }

    Running next(Stage next, About about) {
        return new Running(course, next, Optional.of(this), about, Optional.empty());
    }

    void isOf(String repository, String commit) {
        about.put(About.COMMIT, commit);
        var place = Place.ofCommit(repository, commit);
        span = place.span();
        course.is(place.trace());
    }

    void failed(String why) {
        failure = Optional.of(Redaction.of(why));
    }

    void ended() {
        var ended = Instant.now();
        course.ended(() -> {
            var trace = course.trace.orElseThrow();
            return new Followed(
                    stage,
                    new Place(trace, span),
                    in.map(it -> new Place(trace, it.span)),
                    began,
                    ended,
                    about,
                    failure,
                    because);
        });
    }

    private String span() {
        return stage == Stage.PLAN ? plan(about).map(Place::span).orElseGet(Running::random) : random();
    }

    /// Where the plan was made that something is about.
    private static Optional<Place> plan(Map<String, String> about) {
        var repository = Optional.ofNullable(about.get(About.REPOSITORY));
        var commit = Optional.ofNullable(about.get(About.COMMIT));
        var application = Optional.ofNullable(about.get(About.APPLICATION));
        return repository.flatMap(one ->
                commit.flatMap(other -> application.map(it -> Place.ofPlan(one, other, it))));
    }

    private static String random() {
        return "%016x".formatted(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    }
}
