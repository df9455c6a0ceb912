package dev.assent.metrics;

import dev.assent.metrics.Family.Value;
import dev.assent.provider.Health;
import dev.assent.reconcile.Lookout.Seen;
import dev.assent.reconcile.Lookout.View;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How the servers were when they were looked at last.
final class ServerGauges {

    private static final String ENGINE = "engine";

    static final List<Family> ALL =
            List.of(
                    new Family(
                            "assent.groups",
                            "Groups that exist.",
                            it ->
                                    it.census().groups().stream()
                                            .map(of -> Value.of(of.number(), ENGINE, of.engine()))),
                    new Family(
                            "assent.servers",
                            "Servers by what was seen of them last.",
                            it -> each(it, ServerGauges::health)),
                    new Family(
                            "assent.servers.last.look.timestamp.seconds",
                            "When all servers were looked at last.",
                            it ->
                                    it.view().stream()
                                            .map(view ->
                                                    Value.of(view.at().toEpochMilli() / 1000.0))),
                    new Family(
                            "assent.replicas",
                            "Replicas that answer, by whether they follow their primary server.",
                            it -> each(it, ServerGauges::replicas)),
                    new Family(
                            "assent.replication.lag.seconds",
                            "How far the replica is behind that is furthest behind.",
                            it -> each(it, ServerGauges::lag)),
                    new Family(
                            "assent.drift.findings",
                            "Servers that are not as they are recorded, by what was found.",
                            it ->
                                    it.census().findings().stream()
                                            .map(of ->
                                                    Value.of(
                                                            of.number(),
                                                            "kind",
                                                            of.kind().word()))));

    private ServerGauges() {}

    /// @param values of an engine and its servers
    private static Stream<Value> each(Moment moment, Function<List<Seen>, Stream<Value>> values) {
        var byEngine =
                moment.view().map(View::servers).orElse(List.of()).stream()
                        .collect(
                                Collectors.groupingBy(
                                        Seen::engine, TreeMap::new, Collectors.toList()));
        return byEngine.values().stream().flatMap(values);
    }

    private static Stream<Value> health(List<Seen> servers) {
        return Arrays.stream(Health.State.values())
                .map(state ->
                        Value.of(
                                count(servers, it -> it.health().state() == state),
                                ENGINE,
                                servers.getFirst().engine(),
                                "health",
                                state.word()));
    }

    private static Stream<Value> replicas(List<Seen> servers) {
        var replicas =
                servers.stream()
                        .filter(Seen::replica)
                        .filter(it -> it.health().state() == Health.State.RUNNING)
                        .toList();
        if (replicas.isEmpty()) return Stream.empty();
        var engine = replicas.getFirst().engine();
        var cutOff = count(replicas, Seen::isCutOff);
        return Stream.of(
                Value.of(replicas.size() - cutOff, ENGINE, engine, "state", "following"),
                Value.of(cutOff, ENGINE, engine, "state", "cut_off"));
    }

    private static Stream<Value> lag(List<Seen> servers) {
        return servers.stream()
                .filter(Seen::replica)
                .flatMap(it -> it.health().lag().stream())
                .max(Duration::compareTo)
                .map(it -> Value.of(it.toMillis() / 1000.0, ENGINE, servers.getFirst().engine()))
                .stream();
    }

    private static long count(List<Seen> servers, Predicate<Seen> which) {
        return servers.stream().filter(which).count();
    }
}
