package dev.assent.crash;

import dev.assent.model.ApplicationName;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Several nodes that apply plans while they are beaten, and what came of it.
///
/// @param applications how many of them share the plans
record Siege(
        Path program,
        Path folder,
        int nodes,
        int plans,
        int applications,
        List<Blow> blows,
        Duration pace,
        long seed,
        PrintStream out) {

    /// How long work may stand still after a blow.
    private static final Duration SOON = Duration.ofSeconds(15);

    private static final int FIRST_PORT = 29_000;
    private static final Life BYSTANDER = new Life(new ApplicationName("bystander", "production"), 1);

    /// What came of it.
    ///
    /// @param gaps how long work stood still, blow by blow, where it could be told
    record Outcome(
            List<String> violations,
            List<Blows.Dealt> dealt,
            List<Duration> gaps,
            int takenUp,
            int resumed,
            int lost,
            Duration length) {

        Duration longest() {
            return gaps.stream().max(Duration::compareTo).orElse(Duration.ZERO);
        }
    }

    Outcome outcome() throws IOException {
        var lives = lives();
        var random = new Random(seed);
        try (var cluster =
                new Cluster(folder, program, nodes, FIRST_PORT, lives.size() * Life.MOST * 2)) {
            cluster.start();
            var crowd = new Crowd(cluster, lives, seed);
            var violations = new ArrayList<String>();
            if (!crowd.work(1)) violations.add("the applications could not be founded");
            for (var life : lives) {
                var _ = cluster.answer(random, it -> it.redeploy(life.application()));
                new Visit(life.url(cluster, random, Life.KEPT)).leave(life.word());
            }
            var bystander = bystander(cluster);
            var blows = new Blows(cluster, this.blows, pace, seed, out);
            var began = System.nanoTime();
            var done = false;
            if (violations.isEmpty()) {
                try (blows) {
                    blows.start();
                    done = crowd.work(plans);
                }
            }
            var length = Duration.ofNanos(System.nanoTime() - began);
            Cluster.await("all nodes", () -> cluster.nodes().stream().allMatch(Node::isUp));
            if (done) {
                for (var life : lives) {
                    var _ = cluster.answer(random, it -> it.redeploy(life.application()));
                }
                violations.addAll(
                        new ClusterInvariants(cluster, program, lives, random).violations());
            }
            if (!bystander.equals(bystander(cluster))) {
                violations.add("the bystander's process is another one");
            }
            violations.addAll(crowd.complaints());
            for (var node : cluster.nodes()) violations.addAll(node.oddEnds());
            var gaps = Gaps.of(cluster.record());
            var waited = new ArrayList<Duration>();
            for (var dealt : blows.dealt()) {
                var gap = gaps.after(dealt);
                gap.ifPresent(waited::add);
                if (gap.filter(it -> it.compareTo(SOON) > 0).isPresent()) {
                    violations.add(
                            "after %s of %s at %s work stood still for %s"
                                    .formatted(
                                            dealt.blow().word(),
                                            dealt.node(),
                                            dealt.at(),
                                            gap.get()));
                }
            }
            return new Outcome(
                    violations,
                    blows.dealt(),
                    waited,
                    Integer.parseInt(
                            cluster.record()
                                    .rows("SELECT count(*) FROM audit WHERE what = 'plan.taken-up'")
                                    .getFirst()
                                    .getFirst()),
                    crowd.resumed(),
                    cluster.nodes().stream().mapToInt(Node::lost).sum(),
                    length);
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
