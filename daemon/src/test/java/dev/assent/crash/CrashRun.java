package dev.assent.crash;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    private CrashRun() {}

    public static void main(String[] arguments) throws Exception {
        var options = options(arguments);
        var began = System.nanoTime();
        var folder =
                Files.createTempDirectory(
                        Path.of(
                                options.getOrDefault(
                                        "--folder", System.getProperty("java.io.tmpdir"))),
                        "assent-crash-");
        var seed = Long.parseLong(options.getOrDefault("--seed", "1"));
        var campaign =
                new Campaign(
                        Path.of(System.getProperty("assent.program")).toAbsolutePath(),
                        folder,
                        Optional.ofNullable(options.get("--disk")).map(Path::of),
                        Integer.parseInt(options.getOrDefault("--lanes", "2")),
                        seed,
                        Optional.ofNullable(options.get("--limit"))
                                .map(it -> Duration.ofSeconds(Long.parseLong(it))),
                        System.out);
        var random = timed(options);
        if (random.isPresent()) {
            var times = Integer.parseInt(options.getOrDefault("--rounds", "500"));
            campaign.random(times, Workload.Stack.POSTGRESQL, random.get());
        } else {
            var point = Optional.ofNullable(options.get("--point"));
            var action = options.getOrDefault("--action", "halt");
            Function<String, Disturbance> disturbance =
                    options.containsKey("--disk")
                            ? Disturbance.FullDisk::new
                            : it -> new Disturbance.Trap(it + "=" + action);
            campaign.everyPoint(
                    workloads(options),
                    point.map(it -> it.replaceAll("=.*", "")),
                    options.containsKey("--all"),
                    disturbance);
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

    private static Set<Workload> workloads(Map<String, String> options) {
        var words = options.getOrDefault("--workload", "create,scale,remove").split(",");
        return Arrays.stream(words)
                .map(it ->
                        Workload.of(it)
                                .orElseThrow(() -> usage("there is no workload `" + it + "`")))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Workload.class)));
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
