package dev.assent.crash;

import dev.assent.http.Client;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/// What must hold of several nodes when all plans have ended, whatever was done to them meanwhile.
///
/// @param lives what was to be applied
/// @param random which node is asked
record ClusterInvariants(Cluster cluster, Path program, List<Life> lives, Random random) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// What does not hold, a sentence each. What has just been started may take a moment.
    List<String> violations() throws IOException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var now = looked();
            if (now.isEmpty() || System.nanoTime() > end) return now;
            Cluster.pause(Duration.ofMillis(200));
        }
    }

    private List<String> looked() throws IOException {
        try {
            var found = new ArrayList<String>();
            plans(found);
            servers(found);
            cluster.servers().leftovers().forEach(it -> found.add("left over: servers/" + it));
            if (found.isEmpty()) planAnew(found);
            if (found.isEmpty()) health(found);
            if (found.isEmpty()) secrets(found);
            audit(found);
            return found;
        } catch (IllegalStateException e) {
            return List.of(String.valueOf(e));
        }
    }

    /// Each exactly once.
    private void plans(List<String> found) {
        var record = cluster.record();
        found.addAll(record.doneTwice());
        for (var life : lives) {
            var times = record.applied(life.application().toString());
            if (times != life.plans()) {
                found.add(
                        "%d plans of %s were applied, and not %d"
                                .formatted(times, life.application(), life.plans()));
            }
        }
        for (var row :
                record.rows(
                        """
                        SELECT application, digest, state
                          FROM plan
                         WHERE state NOT IN ('applied', 'superseded')\
                        """)) {
            found.add("of %s, %s is %s".formatted(row.get(0), row.get(1), row.get(2)));
        }
        for (var row :
                record.rows(
                        """
                        SELECT application, base_serial, count(*)
                          FROM plan
                         WHERE state = 'applied'
                         GROUP BY application, base_serial
                        HAVING count(*) > 1\
                        """)) {
            found.add(
                    "%s plans of %s were applied to what it was at serial %s"
                            .formatted(row.get(2), row.get(0), row.get(1)));
        }
    }

    private void servers(List<String> found) {
        var recorded = cluster.record().servers();
        for (var life : lives) {
            for (var group : List.of(Life.KEPT, Life.WORK)) {
                var wanted = Life.servers(group, life.plans());
                var prefix = "%s/redis/%s/".formatted(life.application(), group);
                var count = recorded.keySet().stream().filter(it -> it.startsWith(prefix)).count();
                if (count != wanted) {
                    found.add(
                            "%d servers of %s are recorded, and not %d"
                                    .formatted(count, prefix, wanted));
                }
            }
        }
        found.addAll(new Comparison(recorded, cluster.servers()).differences());
    }

    private void planAnew(List<String> found) {
        for (var life : lives) {
            for (var plan : asked(it -> it.planOnceMore(life.application()).plans())) {
                if (plan.application().equals(life.application().app()))
                    found.add("planned anew, there is something to do: " + plan.id());
            }
        }
    }

    private void health(List<String> found) {
        for (var application : asked(it -> it.status(Optional.empty()).applications())) {
            for (var group : application.groups()) {
                for (var server : group.servers()) {
                    if (!server.state().equals("running")) {
                        found.add(
                                "%s of %s of %s is %s"
                                        .formatted(
                                                server.name(),
                                                group.group(),
                                                application.application(),
                                                server.state()));
                    }
                    server.observedRole()
                            .ifPresent(it -> found.add("%s is a %s".formatted(server.name(), it)));
                }
            }
        }
    }

    /// Signs in as the applications do, and looks for what was left there.
    private void secrets(List<String> found) {
        for (var life : lives) {
            for (var group : life.groups(life.plans())) {
                try {
                    var word = new Visit(life.url(cluster, random, group)).word();
                    if (group.equals(Life.KEPT) && !word.equals(life.word())) {
                        found.add("the data of %s are gone: %s".formatted(life, word));
                    }
                } catch (IOException e) {
                    found.add(
                            "the variables of %s do not open its %s: %s"
                                    .formatted(life.application(), group, e.getMessage()));
                }
            }
        }
    }

    private void audit(List<String> found) throws IOException {
        var node =
                cluster.nodes().stream()
                        .filter(it -> it.client().isPresent())
                        .findAny()
                        .orElseThrow();
        var said =
                Command.run(
                        program.resolve("bin/assent").toString(),
                        "audit",
                        "--verify",
                        "--run",
                        node.run().toString());
        if (said.isBlank()) found.add("the audit trail says nothing");
    }

    private <T> T asked(Function<Client, T> question) {
        return cluster.answer(random, question);
    }
}
