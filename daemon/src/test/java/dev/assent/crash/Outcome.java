package dev.assent.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// What came of a siege.
///
/// @param gaps how long work stood still after each blow after which there was still work
/// @param takenUp how often a node went on with what another one had begun
/// @param resumed how often people had to have a plan go on that had failed
/// @param gaveUp how often a node ended by itself
record Outcome(
        List<String> violations,
        List<Blows.Dealt> dealt,
        List<Duration> gaps,
        int applied,
        int takenUp,
        int resumed,
        int gaveUp,
        Duration length) {

    /// How long work may stand still after a blow.
    private static final Duration SOON = Duration.ofSeconds(15);

    static Outcome of(
            Cluster cluster,
            List<Blows.Dealt> dealt,
            int resumed,
            Duration length,
            List<String> violations) {
        var record = cluster.record();
        var all = new ArrayList<>(violations);
        var gaps = Gaps.of(record);
        var waited = new ArrayList<Duration>();
        for (var each : dealt) {
            var gap = gaps.after(each);
            gap.ifPresent(waited::add);
            gap.filter(it -> it.compareTo(SOON) > 0)
                    .ifPresent(it ->
                            all.add(
                                    "after %s of %s at %s work stood still for %s"
                                            .formatted(
                                                    each.blow().word(),
                                                    each.node(),
                                                    each.at(),
                                                    it)));
        }
        return new Outcome(
                all,
                dealt,
                waited,
                Crowd.applied(record).values().stream().mapToInt(it -> it).sum(),
                Integer.parseInt(
                        record.rows("SELECT count(*) FROM audit WHERE what = 'plan.taken-up'")
                                .getFirst()
                                .getFirst()),
                resumed,
                cluster.nodes().stream().mapToInt(Node::gaveUp).sum(),
                length);
    }

    @Override
    public String toString() {
        var kinds = new TreeMap<String, Integer>();
        for (var each : dealt) kinds.merge(each.blow().word(), 1, Integer::sum);
        var sorted = gaps.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "%d plans applied in %d s; %d blows %s; %d times a plan was taken over, %d times a node gave up, %d times people had to resume a plan; after a blow work stood still for %.1f s at most, %.1f s in the middle; %d violations",
                applied,
                length.toSeconds(),
                dealt.size(),
                kinds,
                takenUp,
                gaveUp,
                resumed,
                sorted.isEmpty() ? 0 : sorted.getLast().toMillis() / 1000.0,
                sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2).toMillis() / 1000.0,
                violations.size());
    }
}
