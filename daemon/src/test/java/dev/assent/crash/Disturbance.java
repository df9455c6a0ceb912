package dev.assent.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// Something that is done to a daemon in the middle of its work.
sealed interface Disturbance {

    /// A failpoint: `apply.afterStep#3=halt`.
    record Trap(String text) implements Disturbance {
        @Override
        public void prepare(Lane lane, String hindrance) throws IOException {
            lane.arm(hindrance + text);
        }

        @Override
        public String toString() {
            return "--point " + text;
        }
    }

    /// Nothing at all, so that one learns which points there are.
    record Nothing() implements Disturbance {
        @Override
        public void prepare(Lane lane, String hindrance) throws IOException {
            lane.arm(hindrance);
        }
    }

    /// `kill -9`, some time after the yes.
    record Kill(Duration after) implements Disturbance {
        @Override
        public void prepare(Lane lane, String hindrance) throws IOException {
            lane.arm(hindrance);
            later(lane, after, lane.daemon()::kill);
        }
    }

    /// `kill -STOP`, some time after the yes, and `kill -CONT` later.
    record Stop(Duration after, Duration length) implements Disturbance {
        @Override
        public void prepare(Lane lane, String hindrance) throws IOException {
            lane.arm(hindrance);
            later(
                    lane,
                    after,
                    () -> {
                        try {
                            lane.daemon().signal("STOP");
                            pause(length);
                            lane.daemon().signal("CONT");
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
    }

    /// The clock is put forward or back, some time after the yes, and then right again.
    record Jump(Duration after, Duration offset) implements Disturbance {
        @Override
        public void prepare(Lane lane, String hindrance) throws IOException {
            lane.arm(hindrance);
            later(
                    lane,
                    after,
                    () -> {
                        try {
                            lane.arm(hindrance + "clock=" + offset);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
    }

    /// The disk is full from the moment that a point is reached until the daemon has said so.
    record FullDisk(String point) implements Disturbance {

        private static final Pattern SAID = Pattern.compile("No space left|disk is full|make room");
        private static final Duration LONG_ENOUGH = Duration.ofSeconds(2);

        @Override
        public void prepare(Lane lane, String hindrance) throws IOException {
            // Redis says so until it writes the file the next time, when that has grown enough:
            // long after this round.
            lane.excuse("it could not write its file of changes anew");
            lane.arm(hindrance + point + "=pause");
            lane.beside(() -> {
                try {
                    while (!lane.reached().contains(point)) {
                        // It is reached in no other order than before, or not at all.
                        if (lane.isOver()) return;
                        pause(SHORT);
                    }
                    var log = lane.daemon().log().length();
                    lane.disk().fill();
                    lane.disarm();
                    var end = System.nanoTime() + LONG_ENOUGH.toNanos();
                    while (!lane.daemon().hasSaid(SAID, log) && System.nanoTime() < end)
                        pause(SHORT);
                    lane.disk().makeRoom();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }

        @Override
        public void end(Lane lane) throws IOException {
            lane.disarm();
            lane.disk().makeRoom();
        }

        /// Where a plan has failed, everybody must be able to see why.
        @Override
        public List<String> complaints(Lane lane) {
            return lane.reasons().stream()
                    .filter(it -> !SAID.matcher(it).find())
                    .map(it -> "a full disk, and the plan says: " + it)
                    .toList();
        }

        @Override
        public String toString() {
            return "--full-disk --point " + point;
        }
    }

    Duration SHORT = Duration.ofMillis(5);

    /// Before the work is given.
    ///
    /// @param hindrance what hinders the work anyway, in the words of `assent.failpoint`
    void prepare(Lane lane, String hindrance) throws IOException;

    /// When it is over.
    default void end(Lane lane) throws IOException {
        lane.disarm();
    }

    /// What it finds wrong with how the daemon took it.
    default List<String> complaints(Lane lane) {
        return List.of();
    }

    private static void later(Lane lane, Duration after, Runnable act) {
        lane.whenBegun(() -> {
            pause(after);
            act.run();
        });
    }

    private static void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
