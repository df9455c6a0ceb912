package dev.assent.crash;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How long after each blow work went on, as journal and audit trail tell it.
///
/// @param moves when each plan came a step further, in order
/// @param ends when the last of them did
record Gaps(Map<String, List<Instant>> moves, Instant ends) {

    static Gaps of(RecordReader record) {
        var moves = new TreeMap<String, List<Instant>>();
        var ends = Instant.EPOCH;
        for (var row :
                record.rows(
                        """
                        SELECT digest, at FROM journal
                         UNION ALL
                        SELECT plan, at FROM audit
                         WHERE what IN ('plan.started', 'plan.taken-up', 'plan.resumed',
                                        'plan.applied')
                         ORDER BY 2\
                        """)) {
            ends = Instant.parse(row.getLast());
            moves.computeIfAbsent(row.getFirst(), _ -> new ArrayList<>()).add(ends);
        }
        return new Gaps(new HashMap<>(moves), ends);
    }

    /// How long it was until every plan that was under way had come a step further, or, where there
    /// was none, any plan had. Nothing where there was nothing to do any more.
    Optional<Duration> after(Blows.Dealt dealt) {
        if (!dealt.at().isBefore(ends)) return Optional.empty();
        var waited = Duration.ZERO;
        for (var plan : dealt.open()) {
            var next = next(moves.getOrDefault(plan, List.of()), dealt.at());
            if (next.isPresent() && next.get().compareTo(waited) > 0) waited = next.get();
        }
        if (!waited.isZero()) return Optional.of(waited);
        return moves.values().stream()
                .flatMap(it -> next(it, dealt.at()).stream())
                .min(Duration::compareTo);
    }

    private static Optional<Duration> next(List<Instant> moves, Instant after) {
        return moves.stream()
                .filter(it -> it.isAfter(after))
                .findFirst()
                .map(it -> Duration.between(after, it));
    }
}
