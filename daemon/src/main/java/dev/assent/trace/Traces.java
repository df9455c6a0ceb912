package dev.assent.trace;

import dev.assent.log.About;
import java.util.Optional;

/// Where the pipeline says how far it is:
///
/// ```java
/// try (var _ = Traces.begin(Stage.PLAN, About.application(application))) { … }
/// ```
///
/// What is logged meanwhile is about the same. A poll that finds nothing new is not told of: only
/// [#isOf] makes a trace of it.
public final class Traces {

    private static final ThreadLocal<Optional<Running>> CURRENT =
            ThreadLocal.withInitial(Optional::empty);

    private static volatile Optional<Follower> follower = Optional.empty();

    private Traces() {}

    /// From now on it is told of everything that ends.
    public static void follow(Follower one) {
        follower = Optional.of(one);
    }

    /// Nobody is told any more.
    public static void follow() {
        follower = Optional.empty();
    }

    /// Begins a stage, which ends when it is closed, on the same thread.
    public static About.Scope begin(Stage stage, About about) {
        var scope = about.enter();
        var told = follower;
        var before = told.isEmpty() ? Optional.<Running>empty() : CURRENT.get();
        if (told.isEmpty() || (before.isEmpty() && !stage.isFirst())) return scope;
        var running =
                stage.isFirst()
                        ? Running.first(stage, about, told.get())
                        : before.orElseThrow().next(stage, about);
        CURRENT.set(Optional.of(running));
        return () -> {
            CURRENT.set(before);
            running.ended();
            scope.close();
        };
    }

    /// The poll that this thread is at has found a commit: this is its trace.
    public static void isOf(String repository, String commit) {
        if (follower.isPresent()) CURRENT.get().ifPresent(it -> it.isOf(repository, commit));
    }

    /// The stage that this thread is at does not end well.
    public static void failed(String why) {
        if (follower.isPresent()) CURRENT.get().ifPresent(it -> it.failed(why));
    }
}
