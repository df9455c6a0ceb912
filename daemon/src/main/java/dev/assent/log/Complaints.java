package dev.assent.log;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What goes wrong again and again is logged when it begins, and then seldom, however often it is
/// tried: a log that repeats itself is read by nobody.
public final class Complaints {

    /// How long it takes until somebody is reminded.
    public static final Duration SELDOM = Duration.ofHours(6);

    /// That many words for one trouble are told apart, and no more.
    private static final int KINDS = 8;

    private static final class Trouble {
        private final Set<String> words = new HashSet<>();
        private Instant told = Instant.EPOCH;
    }

    private final InstantSource clock;
    private final Map<String, Trouble> troubles = new HashMap<>();

    /// Some that go by this machine's clock.
    public Complaints() {
        this(InstantSource.system());
    }

    public Complaints(InstantSource clock) {
        this.clock = clock;
    }

    /// Whether it is time to say that something goes wrong: for the first time, in other words than
    /// before, or since nobody has said so for long.
    public synchronized boolean isDue(String what, String why) {
        var trouble = troubles.computeIfAbsent(what, _ -> new Trouble());
        var other = trouble.words.size() < KINDS && trouble.words.add(why);
        var now = clock.instant();
        if (!other && now.isBefore(trouble.told.plus(SELDOM))) return false;
        trouble.told = now;
        return true;
    }

    /// It goes well.
    ///
    /// @return whether it has not, until now
    public synchronized boolean isOver(String what) {
        return troubles.remove(what) != null;
    }
}
