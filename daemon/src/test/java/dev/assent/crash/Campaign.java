package dev.assent.crash;

import dev.assent.crash.Itinerary.Leg;
import dev.assent.failpoint.Failpoint;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Many rounds on a few lanes at once, and what came of them.
final class Campaign {

    /// How many lanes have ports of their own at the same time.
    private static final int PLACES = 20;

    private static final int PORTS = 50;

    /// One lap in so many is made with another engine.
    private static final int LAPS = 10;

    /// How many times as long a limit may take in which no daemon was ended.
    private static final int PATIENCE = 4;

    private final Path program;
    private final Path folder;
    private final Optional<Path> disk;
    private final int lanes;
    private final int firstPort;
    private final long seed;
    private final Optional<Duration> limit;
    private final PrintStream out;
    private final long began = System.nanoTime();
    private final AtomicInteger laneNumber = new AtomicInteger();
    private final AtomicInteger laps = new AtomicInteger();
    private final List<String> violations = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> points = Collections.synchronizedSet(new TreeSet<>());
    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicInteger endings = new AtomicInteger();

    /// @param disk where state folders lie; empty: beside all the rest
    /// @param firstPort of a thousand that servers may get
    /// @param limit after which no lane begins a further round; several times as long where no
    ///   daemon was ended by then
    Campaign(
            Path program,
            Path folder,
            Optional<Path> disk,
            int lanes,
            int firstPort,
            long seed,
            Optional<Duration> limit,
            PrintStream out) {
        this.program = program;
        this.folder = folder;
        this.disk = disk;
        this.lanes = lanes;
        this.firstPort = firstPort;
        this.seed = seed;
        this.limit = limit;
        this.out = out;
    }

    /// What did not hold, and how to see it again.
    List<String> violations() {
        return List.copyOf(violations);
    }

    int rounds() {
        return rounds.get();
    }

    /// In how many rounds the daemon was ended.
    int endings() {
        return endings.get();
    }

    /// The points that something was done at.
    Set<String> points() {
        return Set.copyOf(points);
    }

    /// The points that no workload of this campaign has reached.
    List<String> unreached() {
        return Arrays.stream(Failpoint.values())
                .map(Failpoint::word)
                .filter(it -> !points.contains(it))
                .toList();
    }

    /// Points that are reached by these workloads.
    ///
    /// @param disturbance what is done at `POINT#TIME`
    void everyPoint(
            Itinerary itinerary,
            Set<Workload> workloads,
            Choice choice,
            Function<String, Disturbance> disturbance)
            throws IOException {
        var queues = new LinkedHashMap<Leg, Deque<Disturbance>>();
        var legs = new ArrayList<>(itinerary.all());
        legs.removeIf(it -> !workloads.contains(it.workload()));
        if (!learn(
                itinerary,
                legs,
                (leg, reached) -> {
                    var chosen = choice.of(leg, reached);
                    var times = new ArrayList<>(chosen.stream().map(disturbance).toList());
                    Collections.shuffle(times, new Random(seed));
                    queues.put(leg, new ArrayDeque<>(times));
                    chosen.forEach(it -> points.add(Instants.point(it)));
                    say(
                            "%s: %d points are reached %d times, of which %d are tried"
                                    .formatted(
                                            leg,
                                            reached.stream()
                                                    .map(Instants::point)
                                                    .distinct()
                                                    .count(),
                                            reached.size(),
                                            times.size()));
                })) return;
        onAllLanes(lane -> {
            while (!isOver()) {
                var leg = next(itinerary, lane, queues);
                if (leg.isEmpty()) return false;
                if (!go(lane, leg.get(), take(queues, leg.get()))) return true;
            }
            return false;
        });
    }

    private interface Lesson {
        void of(Leg leg, List<String> reached);
    }

    /// Goes once through what is to be learnt, undisturbed.
    ///
    /// @return whether all held
    private boolean learn(Itinerary itinerary, List<Leg> legs, Lesson lesson) throws IOException {
        try (var lane = lane()) {
            var first = new Leg(Workload.BEGIN, Stack.REDIS);
            var next = Optional.of(first);
            while (next.isPresent()) {
                var leg = next.get();
                lane.take(leg.stack());
                var round = Round.of(lane, leg.workload(), new Disturbance.Nothing());
                note(leg, new Disturbance.Nothing(), lane, round);
                if (!round.violations().isEmpty()) return false;
                if (leg.equals(first)) archived(lane);
                if (legs.remove(leg)) lesson.of(leg, round.reached());
                next = itinerary.next(lane.standing(), lane.stack(), legs::contains);
            }
            return true;
        }
    }

    private static Optional<Leg> next(
            Itinerary itinerary, Lane lane, Map<Leg, Deque<Disturbance>> queues) {
        synchronized (queues) {
            return itinerary.next(
                    lane.standing(),
                    lane.stack(),
                    it -> queues.containsKey(it) && !queues.get(it).isEmpty());
        }
    }

    /// What is left for a workload.
    private static Disturbance take(Map<Leg, Deque<Disturbance>> queues, Leg leg) {
        synchronized (queues) {
            return Optional.ofNullable(queues.get(leg))
                    .map(Deque::poll)
                    .orElseGet(Disturbance.Nothing::new);
        }
    }

    /// So many rounds, each disturbed at a moment that a seed chooses.
    ///
    /// @param itinerary by whose engines laps are made: one in ten by the last
    void random(
            Itinerary itinerary,
            Set<Workload> workloads,
            int times,
            Function<Random, Disturbance> disturbance) {
        var left = new AtomicInteger(times);
        onAllLanes(lane -> {
            var visits = new Itinerary.Visits();
            while (!isOver()) {
                var next = visits.next(lane.standing(), workloads);
                if (next.filter(Workload::isFirst).isPresent()) lane.take(ofLap(itinerary));
                if (next.isEmpty()) {
                    if (!approach(itinerary, workloads, lane)) return true;
                    continue;
                }
                var round = left.getAndDecrement();
                if (round <= 0) return false;
                if (next.get() == Workload.UNPACK) lane.take(Stack.ARCHIVED);
                var disturbed = disturbance.apply(new Random(seed * 31 + round));
                if (!go(lane, new Leg(next.get(), lane.stack()), disturbed)) return true;
            }
            return false;
        });
    }

    /// A step towards what is wanted, undisturbed.
    private boolean approach(Itinerary itinerary, Set<Workload> wanted, Lane lane)
            throws IOException {
        if (lane.standing() == Standing.NOTHING) lane.take(ofLap(itinerary));
        var leg =
                itinerary.next(lane.standing(), lane.stack(), it -> wanted.contains(it.workload()));
        var there = new Leg(leg.orElseThrow().workload(), lane.stack());
        return go(lane, there, new Disturbance.Nothing());
    }

    private Stack ofLap(Itinerary itinerary) {
        return laps.getAndIncrement() % LAPS == 1
                ? itinerary.stacks().getLast()
                : itinerary.stacks().getFirst();
    }

    private interface Drive {
        /// Goes on it as long as there is something to do.
        ///
        /// @return whether there is more to do, on another lane
        boolean on(Lane lane) throws IOException;
    }

    private void onAllLanes(Drive drive) {
        var threads = new ArrayList<Thread>();
        for (var number = 0; number < lanes; number++) {
            threads.add(
                    Thread.ofPlatform()
                            .name("lane-" + number)
                            .start(() -> {
                                try {
                                    while (onLane(drive)) say("goes on with another lane");
                                } catch (IOException | RuntimeException e) {
                                    violations.add("a lane came to grief: " + e);
                                    e.printStackTrace(out);
                                }
                            }));
        }
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private boolean onLane(Drive drive) throws IOException {
        try (var lane = lane()) {
            var round = Round.of(lane, Workload.BEGIN, new Disturbance.Nothing());
            if (!round.violations().isEmpty()) {
                note(new Leg(Workload.BEGIN, Stack.REDIS), new Disturbance.Nothing(), lane, round);
                return false;
            }
            archived(lane);
            return drive.on(lane);
        }
    }

    /// @return whether all held
    private boolean go(Lane lane, Leg leg, Disturbance disturbance) throws IOException {
        if (leg.workload() == Workload.BEGIN) {
            // Nobody begins twice in the same place.
            try (var fresh = lane()) {
                note(leg, disturbance, fresh, Round.of(fresh, leg.workload(), disturbance));
            }
            return true;
        }
        lane.take(leg.stack());
        var round = Round.of(lane, leg.workload(), disturbance);
        note(leg, disturbance, lane, round);
        return round.violations().isEmpty();
    }

    private boolean isOver() {
        var now = Duration.ofNanos(System.nanoTime() - began);
        return limit.map(it -> endings.get() > 0 ? it : it.multipliedBy(PATIENCE))
                .filter(it -> now.compareTo(it) > 0)
                .isPresent();
    }

    private Lane lane() throws IOException {
        var number = laneNumber.getAndIncrement();
        return new Lane(
                folder.resolve("lane-" + number),
                disk.map(it -> it.resolve("state-" + number))
                        .orElseGet(() -> folder.resolve("lane-" + number).resolve("state")),
                program,
                archive(),
                firstPort + number % PLACES * PORTS);
    }

    /// The end of the first daemon writes the archive that others start from.
    private void archived(Lane lane) throws IOException {
        if (Files.exists(archive())) return;
        lane.daemon().stop();
        lane.start();
    }

    /// Of the classes of this very program, made by the first campaign.
    private Path archive() throws IOException {
        var archive = program.resolveSibling("crash.jsa");
        if (Files.exists(archive)) {
            try (var jars = Files.list(program.resolve("lib"))) {
                var made = Files.getLastModifiedTime(archive);
                for (var jar : jars.filter(it -> it.toString().endsWith(".jar")).toList()) {
                    if (Files.getLastModifiedTime(jar).compareTo(made) > 0)
                        Files.deleteIfExists(archive);
                }
            }
        }
        return archive;
    }

    private void note(Leg leg, Disturbance disturbance, Lane lane, Round round) {
        if (rounds.incrementAndGet() % 10 == 0) say(rounds + " rounds");
        if (round.ended()) endings.incrementAndGet();
        if (round.violations().isEmpty()) return;
        var what =
                "VIOLATION  daemon/crash/run --engine %s --workload %s %s --seed %d%n  %s%n  its folder: %s"
                        .formatted(
                                leg.stack().engine(),
                                leg.workload().word(),
                                disturbance,
                                seed,
                                String.join("\n  ", round.violations()),
                                lane.folder());
        violations.add(what);
        say(what);
    }

    private void say(String what) {
        out.printf("%4d s  %s%n", Duration.ofNanos(System.nanoTime() - began).toSeconds(), what);
    }

    static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var it : files.sorted(Collections.reverseOrder()).toList()) Files.delete(it);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
