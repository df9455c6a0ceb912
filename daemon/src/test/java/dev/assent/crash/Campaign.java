package dev.assent.crash;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
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

    private static final int FIRST_PORT = 24_000;
    private static final int PORTS = 100;

    /// The plan that a lane begins with.
    private static final int FOUNDED = 1;

    private final Path program;
    private final Path folder;
    private final Optional<Path> disk;
    private final int lanes;
    private final long seed;
    private final Optional<Duration> limit;
    private final PrintStream out;
    private final long began = System.nanoTime();
    private final AtomicInteger laneNumber = new AtomicInteger();
    private final List<String> violations = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> points = Collections.synchronizedSet(new TreeSet<>());
    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicInteger endings = new AtomicInteger();

    /// @param disk where state folders lie; empty: beside all the rest
    /// @param limit after which no lane begins a further round
    Campaign(
            Path program,
            Path folder,
            Optional<Path> disk,
            int lanes,
            long seed,
            Optional<Duration> limit,
            PrintStream out) {
        this.program = program;
        this.folder = folder;
        this.disk = disk;
        this.lanes = lanes;
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

    /// Every time that every point is reached by these workloads.
    ///
    /// @param wanted a point (`apply.afterStep`), or one of its times (`apply.afterStep#3`); empty:
    ///   all
    /// @param all also those between which nothing happens that a crash could tell apart
    /// @param disturbance what is done at `POINT#TIME`
    void everyPoint(
            Set<Workload> workloads,
            Optional<String> wanted,
            boolean all,
            Function<String, Disturbance> disturbance)
            throws IOException {
        var queues = new EnumMap<Workload, Deque<Disturbance>>(Workload.class);
        try (var lane = lane(Workload.Stack.REDIS)) {
            var applied = FOUNDED;
            for (var workload : Workload.values()) {
                var round = Round.of(lane, workload, new Disturbance.Nothing(), ++applied);
                note("--workload " + workload.word() + " undisturbed", lane, round);
                if (!round.violations().isEmpty()) return;
                var reached =
                        workloads.contains(workload)
                                ? round.reached().stream()
                                        .filter(it -> isWanted(it, wanted))
                                        .toList()
                                : List.<String>of();
                reached.forEach(it -> points.add(Instants.point(it)));
                var chosen = all || wanted.isPresent() ? reached : Instants.worthTrying(reached);
                var times = new ArrayList<>(chosen.stream().map(disturbance).toList());
                Collections.shuffle(times, new Random(seed));
                queues.put(workload, new ArrayDeque<>(times));
                say(
                        "%s: %d points are reached %d times, at %d different instants"
                                .formatted(
                                        workload.word(),
                                        reached.stream().map(Instants::point).distinct().count(),
                                        reached.size(),
                                        times.size()));
            }
        }
        onAllLanes(_ -> Workload.Stack.REDIS, workload -> next(queues, workload));
    }

    private static boolean isWanted(String reached, Optional<String> wanted) {
        return wanted.isEmpty()
                || reached.equals(wanted.get())
                || reached.startsWith(wanted.get() + "#");
    }

    /// What is left for a workload; nothing where nothing is left for any.
    private static Optional<Disturbance> next(
            Map<Workload, Deque<Disturbance>> queues, Workload workload) {
        synchronized (queues) {
            if (queues.values().stream().allMatch(Deque::isEmpty)) return Optional.empty();
            return Optional.ofNullable(queues.get(workload))
                    .map(Deque::poll)
                    .or(() -> Optional.of(new Disturbance.Nothing()));
        }
    }

    /// So many rounds, each disturbed at a moment that a seed chooses.
    ///
    /// @param everyTenth the engine of one round in ten
    void random(int times, Workload.Stack everyTenth, Function<Random, Disturbance> disturbance)
            throws IOException {
        var left = new AtomicInteger(times);
        onAllLanes(
                lane -> lane % 10 == 9 ? everyTenth : Workload.Stack.REDIS,
                _ -> {
                    var round = left.getAndDecrement();
                    return round <= 0
                            ? Optional.empty()
                            : Optional.of(disturbance.apply(new Random(seed * 31 + round)));
                });
    }

    private void onAllLanes(
            Function<Integer, Workload.Stack> stacks,
            Function<Workload, Optional<Disturbance>> disturbances) {
        var threads = new ArrayList<Thread>();
        for (var number = 0; number < lanes; number++) {
            threads.add(
                    Thread.ofPlatform()
                            .name("lane-" + number)
                            .start(() -> {
                                try {
                                    while (onLane(stacks, disturbances)) {
                                        say("goes on with another lane");
                                    }
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

    /// @return whether there is more to do, on another lane
    private boolean onLane(
            Function<Integer, Workload.Stack> stacks,
            Function<Workload, Optional<Disturbance>> disturbances)
            throws IOException {
        var workload = Workload.CREATE;
        var applied = FOUNDED;
        try (var lane = lane(stacks.apply(laneNumber.get()))) {
            // One round at least, however long it took to get here.
            do {
                var disturbance = disturbances.apply(workload);
                if (disturbance.isEmpty()) return false;
                var round = Round.of(lane, workload, disturbance.get(), ++applied);
                note("--workload %s %s".formatted(workload.word(), disturbance.get()), lane, round);
                if (!round.violations().isEmpty()) return !isOver();
                workload = workload.next();
            } while (!isOver());
            return false;
        }
    }

    private boolean isOver() {
        var now = Duration.ofNanos(System.nanoTime() - began);
        return limit.filter(it -> now.compareTo(it) > 0).isPresent();
    }

    private Lane lane(Workload.Stack stack) throws IOException {
        var number = laneNumber.getAndIncrement();
        var lane =
                new Lane(
                        folder.resolve("lane-" + number),
                        disk.map(it -> it.resolve("state-" + number))
                                .orElseGet(() -> folder.resolve("lane-" + number).resolve("state")),
                        program,
                        archive(),
                        stack,
                        FIRST_PORT + number % 50 * PORTS);
        try {
            lane.found();
            return lane;
        } catch (IOException | RuntimeException e) {
            lane.close();
            throw e;
        }
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

    private void note(String how, Lane lane, Round round) {
        if (rounds.incrementAndGet() % 10 == 0) say(rounds + " rounds");
        if (round.ended()) endings.incrementAndGet();
        if (round.violations().isEmpty()) return;
        var what =
                "VIOLATION  daemon/crash/run %s --seed %d%n  %s%n  its folder: %s"
                        .formatted(
                                how, seed, String.join("\n  ", round.violations()), lane.folder());
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
