package dev.assent.crash;

import dev.assent.http.RefusedException;
import dev.assent.http.api.RedeployAnswer;
import dev.assent.model.ApplicationName;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Several nodes that apply plans while blow after blow is dealt to them.
///
/// @param applications how many of them share the plans
/// @param kinds what is dealt
/// @param pace how often
record Siege(
        Path program,
        Path folder,
        int nodes,
        int plans,
        int applications,
        List<Blow> kinds,
        Duration pace,
        long seed,
        PrintStream out) {

    private static final int FIRST_PORT = 29_000;
    private static final Life BYSTANDER =
            new Life(new ApplicationName("bystander", "production"), 1);

    /// Deals them, and tells what came of it.
    ///
    /// @throws IOException if it could not be begun
    Outcome outcome() throws IOException {
        var lives = lives();
        try (var cluster =
                new Cluster(folder, program, nodes, FIRST_PORT, lives.size() * Life.MOST * 2)) {
            var crowd = new Crowd(cluster, lives, seed);
            var blows = new Blows(cluster, kinds, pace, seed, out);
            var violations = new ArrayList<String>();
            var began = System.nanoTime();
            try {
                cluster.start();
                found(cluster, crowd, lives);
                var bystander = bystander(cluster);
                began = System.nanoTime();
                try (blows) {
                    blows.start();
                    crowd.work(plans);
                }
                Cluster.await("all nodes", () -> cluster.nodes().stream().allMatch(Node::isUp));
                redeploy(cluster, lives);
                var random = new Random(seed);
                violations.addAll(
                        new ClusterInvariants(cluster, program, lives, random).violations());
                if (!bystander.equals(bystander(cluster))) {
                    violations.add("the bystander's process is another one");
                }
            } catch (IllegalStateException e) {
                violations.add(String.valueOf(e.getMessage()));
                cluster.nodes().forEach(it -> out.printf("%s:%n%s%n", it.name(), it.logTail()));
            }
            var length = Duration.ofNanos(System.nanoTime() - began);
            violations.addAll(crowd.complaints());
            for (var node : cluster.nodes()) violations.addAll(node.complaints());
            return Outcome.of(cluster, blows.dealt(), crowd.resumed(), length, violations);
        }
    }

    /// Carries out the first plan of each application, undisturbed, and leaves a word there.
    private void found(Cluster cluster, Crowd crowd, List<Life> lives) throws IOException {
        crowd.work(1);
        redeploy(cluster, lives);
        for (var life : lives) {
            new Visit(life.url(cluster, new Random(seed), Life.KEPT)).leave(life.word());
        }
    }

    private void redeploy(Cluster cluster, List<Life> lives) {
        for (var life : lives) {
            Cluster.await(
                    "a redeploy of " + life.application(),
                    () -> isRedeployed(cluster, life.application()));
        }
    }

    private boolean isRedeployed(Cluster cluster, ApplicationName application) {
        try {
            return cluster.ask(new Random(seed), it -> it.redeploy(application))
                    .filter(RedeployAnswer::done)
                    .isPresent();
        } catch (RefusedException e) {
            // A node is still at it that took too long to answer.
            return false;
        }
    }

    /// The plans are spread over the applications; beside them lives one that nothing is to happen
    /// to.
    private List<Life> lives() {
        var lives = new ArrayList<Life>();
        IntStream.range(0, applications)
                .mapToObj(it ->
                        new Life(
                                new ApplicationName("shop-" + it, "production"),
                                plans / applications + (it < plans % applications ? 1 : 0)))
                .forEach(lives::add);
        lives.add(BYSTANDER);
        return lives;
    }

    private static String bystander(Cluster cluster) {
        return cluster.servers().all().entrySet().stream()
                .filter(it -> it.getKey().startsWith("bystander/"))
                .map(it -> ServersFolder.identity(it.getValue().pid()))
                .findFirst()
                .orElse("none");
    }
}
