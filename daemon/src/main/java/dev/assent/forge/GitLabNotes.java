package dev.assent.forge;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The notes of merge requests as they were when something about these changed last.
final class GitLabNotes {

    private record Known(Instant asOf, List<Comment> notes) {}

    private final Map<Long, Known> known = new HashMap<>();

    /// The notes of a merge request; read only if it changed since they were read.
    synchronized List<Comment> of(
            PullRequest request, Function<PullRequest, List<Comment>> reading) {
        var before = known.get(request.number());
        if (before != null && !request.updatedAt().isAfter(before.asOf())) return before.notes();
        var notes = reading.apply(request);
        known.put(request.number(), new Known(request.updatedAt(), notes));
        return notes;
    }

    synchronized void forgetAllBut(List<PullRequest> requests) {
        var numbers = new HashSet<Long>();
        requests.forEach(it -> numbers.add(it.number()));
        known.keySet().retainAll(numbers);
    }
}
