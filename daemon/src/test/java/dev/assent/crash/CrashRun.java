package dev.assent.crash;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// `daemon/crash/run`: see there for what it takes.
public final class CrashRun {

    private static final int VIOLATED = 1;
    private static final int COULD_NOT_RUN = 2;
    private static final List<String> SWITCHES = List.of("--keep", "--all");

    private static final Set<String> KNOWN =
            Set.of(
                    "--keep",
                    "--all",
                    "--workload",
                    "--point",
                    "--action",
                    "--engine",
                    "--disk",
                    "--random",
                    "--stop",
                    "--clock",
                    "--seed",
                    "--limit",
                    "--lanes",
                    "--port",
                    "--folder");

    private CrashRun() {}

    public static void main(String[] arguments) throws Exception {
        var options = options(arguments);
        var began = System.nanoTime();
        var top = Path.of(options.getOrDefault("--folder", System.getProperty("java.io.tmpdir")));
        var folder = Files.createTempDirectory(Files.createDirectories(top), "assent-crash-");
        var seed = Long.parseLong(options.getOrDefault("--seed", "1"));
        var campaign =
                new Campaign(
                        Path.of(System.getProperty("assent.program")).toAbsolutePath(),
                        folder,
                        Optional.ofNullable(options.get("--disk")).map(Path::of),
                        Integer.parseInt(options.getOrDefault("--lanes", "2")),
                        Integer.parseInt(options.getOrDefault("--port", "24000")),
                        seed,
                        Optional.ofNullable(options.get("--limit"))
                                .map(it -> Duration.ofSeconds(Long.parseLong(it))),
                        System.out);
        var possible = possible(options);
        var chosen = workloads(options, possible);
        var postgresql = Stack.postgresql();
        var random = timed(options);
        if (random.isPresent()) {
            chosen.removeIf(it -> it == Workload.BEGIN || !it.applies());
            var times = Integer.parseInt(options.getOrDefault("--rounds", "500"));
            var stacks = stacks(Optional.ofNullable(options.get("--engine")), postgresql);
            campaign.random(new Itinerary(stacks, possible), chosen, times, random.get());
        } else {
            var action = options.getOrDefault("--action", "halt");
            var small = options.containsKey("--disk");
            if (small) System.out.println("left out: PostgreSQL, for which there is no room");
            Function<String, Disturbance> disturbance =
                    small
                            ? Disturbance.FullDisk::new
                            : it -> new Disturbance.Trap(it + "=" + action);
            // PostgreSQL takes up forty times as much as Redis.
            var engine =
                    Optional.ofNullable(small ? Stack.REDIS.engine() : options.get("--engine"));
            var choice = choice(options, seed);
            for (var stack : stacks(engine, postgresql)) {
                campaign.everyPoint(
                        new Itinerary(List.of(stack), possible), chosen, choice, disturbance);
                // Of another engine, what only that one gets to.
                var known = campaign.points();
                if (!options.containsKey("--point")) {
                    choice = Choice.once(seed).among(it -> !known.contains(it));
                } else if (!known.isEmpty()) {
                    break;
                }
            }
            if (options.containsKey("--point")) {
                if (campaign.points().isEmpty()) throw usage("nothing reaches that point");
            } else {
                System.out.println("not reached: " + String.join(", ", campaign.unreached()));
            }
        }
        System.out.printf(
                "%d failpoints, %d rounds, in %d of them the daemon ended; %d violations; %d s%n",
                campaign.points().size(),
                campaign.rounds(),
                campaign.endings(),
                campaign.violations().size(),
                Duration.ofNanos(System.nanoTime() - began).toSeconds());
        if (campaign.violations().isEmpty() && !options.containsKey("--keep"))
            Campaign.delete(folder);
        System.exit(campaign.violations().isEmpty() ? 0 : VIOLATED);
    }

    /// What is done at a moment that chance chooses; empty where it is done at points.
    private static Optional<Function<Random, Disturbance>> timed(Map<String, String> options) {
        if (options.containsKey("--random")) {
            return Optional.of(it -> new Disturbance.Kill(moment(it)));
        }
        if (options.containsKey("--stop")) {
            return Optional.of(it -> new Disturbance.Stop(moment(it), Duration.ofSeconds(2)));
        }
        if (options.containsKey("--clock")) {
            return Optional.of(it ->
                    new Disturbance.Jump(moment(it), Duration.ofDays(it.nextBoolean() ? 1 : -1)));
        }
        return Optional.empty();
    }

    private static Duration moment(Random random) {
        return Duration.ofMillis(random.nextInt(900));
    }

    private static Set<Workload> workloads(Map<String, String> options, Set<Workload> possible) {
        if (!options.containsKey("--workload")) return EnumSet.copyOf(possible);
        return Arrays.stream(options.get("--workload").split(","))
                .map(it ->
                        Workload.of(it)
                                .orElseThrow(() -> usage("there is no workload `" + it + "`")))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Workload.class)));
    }

    /// What this machine can do: nothing is fetched, and a small disk has no room for programs.
    private static Set<Workload> possible(Map<String, String> options) {
        var all = EnumSet.allOf(Workload.class);
        if (options.containsKey("--disk") || !Stack.hasArchive()) {
            System.out.println("left out: unpack, for which there is no archive, or no room");
            all.remove(Workload.UNPACK);
        }
        return all;
    }

    private static Choice choice(Map<String, String> options, long seed) {
        if (options.containsKey("--point")) {
            return Choice.only(options.get("--point").replaceAll("=.*", ""));
        }
        if (options.containsKey("--all")) return Choice.every();
        return options.containsKey("--disk") ? Choice.writes(seed) : Choice.usual(seed);
    }

    /// Where none is named: Redis, and what only another engine gets to.
    private static List<Stack> stacks(Optional<String> engine, Optional<Stack> postgresql) {
        var all = new ArrayList<>(List.of(Stack.REDIS));
        postgresql.ifPresentOrElse(
                all::add,
                () -> System.out.println("left out: PostgreSQL 15, which is not on this machine"));
        if (engine.isEmpty()) return all;
        all.removeIf(it -> !it.engine().equals(engine.get()));
        if (all.isEmpty()) throw usage("there is no `" + engine.get() + "` here");
        return all;
    }

    private static Map<String, String> options(String[] arguments) {
        var options = new HashMap<String, String>();
        for (var i = 0; i < arguments.length; i++) {
            var it = arguments[i];
            if (SWITCHES.contains(it)) {
                options.put(it, "");
            } else if (i + 1 < arguments.length && it.startsWith("--")) {
                options.put(it, arguments[++i]);
            } else {
                throw usage("`" + it + "` is no option, or lacks its value");
            }
        }
        for (var it : options.keySet()) {
            if (!KNOWN.contains(it)) throw usage("there is no option `" + it + "`");
        }
        for (var it : List.of("--random", "--stop", "--clock")) {
            if (options.containsKey(it)) options.put("--rounds", options.get(it));
        }
        return options;
    }

    private static IllegalArgumentException usage(String why) {
        System.err.println("daemon/crash/run: " + why);
        System.exit(COULD_NOT_RUN);
        return new IllegalArgumentException(why);
    }
}
