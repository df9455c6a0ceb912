package dev.assent.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/// `daemon/crash/nodes`: see there for what it takes.
public final class NodesRun {

    private static final int VIOLATED = 1;
    private static final int COULD_NOT_RUN = 2;
    private static final Set<String> OPTIONS =
            Set.of("--nodes", "--plans", "--apps", "--every", "--actions", "--seed", "--folder");

    private NodesRun() {}

    public static void main(String[] arguments) throws Exception {
        var options = options(arguments);
        var seed =
                Long.parseLong(
                        options.getOrDefault(
                                "--seed", String.valueOf(new Random().nextInt(1_000_000))));
        var folder =
                Files.createTempDirectory(
                        Path.of(
                                options.getOrDefault(
                                        "--folder", System.getProperty("java.io.tmpdir"))),
                        "assent-nodes-");
        var siege =
                new Siege(
                        Path.of(System.getProperty("assent.program")).toAbsolutePath(),
                        folder,
                        Integer.parseInt(options.getOrDefault("--nodes", "3")),
                        Integer.parseInt(options.getOrDefault("--plans", "200")),
                        Integer.parseInt(options.getOrDefault("--apps", "8")),
                        blows(options),
                        Duration.ofSeconds(Long.parseLong(options.getOrDefault("--every", "5"))),
                        seed,
                        System.out);
        System.out.printf("seed %d, %d nodes%n", seed, siege.nodes());
        var outcome = outcome(siege);
        System.out.println(outcome);
        if (outcome.violations().isEmpty()) {
            Campaign.delete(folder);
        } else {
            outcome.violations().forEach(it -> System.out.println("VIOLATION  " + it));
            System.out.printf("its folder: %s, and again: --seed %d%n", folder, seed);
        }
        System.exit(outcome.violations().isEmpty() ? 0 : VIOLATED);
    }

    private static Outcome outcome(Siege siege) {
        try {
            return siege.outcome();
        } catch (IOException | RuntimeException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private static List<Blow> blows(Map<String, String> options) {
        var words = options.getOrDefault("--actions", "kill,pause,partition").split(",");
        return Arrays.stream(words)
                .map(it -> Blow.of(it).orElseThrow(() -> usage("there is no action `" + it + "`")))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static Map<String, String> options(String[] arguments) {
        var options = new HashMap<String, String>();
        for (var i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length || !OPTIONS.contains(arguments[i])) {
                throw usage("`" + arguments[i] + "` is no option, or lacks its value");
            }
            options.put(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private static IllegalArgumentException usage(String why) {
        System.err.println("daemon/crash/nodes: " + why);
        System.exit(COULD_NOT_RUN);
        return new IllegalArgumentException(why);
    }
}
