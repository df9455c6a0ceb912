package dev.assent.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.regex.Pattern;

/// Something that is done to a daemon in the middle of its work.
sealed interface Disturbance {

    /// A failpoint: `apply.afterStep#3=halt`.
    record Trap(String text) implements Disturbance {
        @Override
        public void prepare(Lane lane) throws IOException {
            lane.arm(text);
        }

        @Override
        public String toString() {
            return "--point " + text;
        }
    }

    /// Nothing at all, so that one learns which points there are.
    record Nothing() implements Disturbance {
        @Override
        public void prepare(Lane lane) throws IOException {
            lane.arm("");
        }
    }

    /// `kill -9`, some time after the yes.
    record Kill(Duration after) implements Disturbance {
        @Override
        public void prepare(Lane lane) {
            later(lane, after, lane::kill);
        }
    }

    /// `kill -STOP`, some time after the yes, and `kill -CONT` later.
    record Stop(Duration after, Duration length) implements Disturbance {
        @Override
        public void prepare(Lane lane) {
            later(
                    lane,
                    after,
                    () -> {
                        try {
                            lane.signal("STOP");
                            pause(length);
                            lane.signal("CONT");
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
    }

    /// The clock is put forward or back, some time after the yes, and then right again.
    record Jump(Duration after, Duration offset) implements Disturbance {
        @Override
        public void prepare(Lane lane) {
            later(
                    lane,
                    after,
                    () -> {
                        try {
                            lane.arm("clock=" + offset);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
    }

    /// The disk is full from the moment that a point is reached until the daemon has said so.
    record FullDisk(String point) implements Disturbance {

        private static final Pattern SAID = Pattern.compile("No space left|disk is full|make room");
        private static final Duration LONG_ENOUGH = Duration.ofSeconds(3);

        @Override
        public void prepare(Lane lane) throws IOException {
            lane.arm(point + "=pause");
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            while (!lane.reached().contains(point)) pause(SHORT);
                            var log = lane.log().length();
                            lane.fill();
                            lane.disarm();
                            var end = System.nanoTime() + LONG_ENOUGH.toNanos();
                            while (!lane.hasSaid(SAID, log) && System.nanoTime() < end)
                                pause(SHORT);
                            lane.makeRoom();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }

        @Override
        public void end(Lane lane) throws IOException {
            lane.disarm();
            lane.makeRoom();
        }

        @Override
        public String toString() {
            return "--full-disk --point " + point;
        }
    }

    Duration SHORT = Duration.ofMillis(5);

    /// Before the work is given.
    void prepare(Lane lane) throws IOException;

    /// When it is over.
    default void end(Lane lane) throws IOException {
        lane.disarm();
    }

    private static void later(Lane lane, Duration after, Runnable act) {
        lane.whenApproved(() -> {
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
