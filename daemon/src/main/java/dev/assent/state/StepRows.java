package dev.assent.state;

import dev.assent.plan.Digest;
import dev.assent.state.Journal.LastWord;
import dev.assent.state.JournalEntry.Event;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Where the steps of a plan stand, worked out from the journal.
record StepRows(Handle handle) {

    /// On a step of which nothing is written.
    private static final LastWord NOTHING = new LastWord(StepState.NOT_STARTED, Optional.empty());

    LastWord last(Approval approval, String step) {
        return handle.createQuery(
                        """
                        SELECT event, message, attempt
                          FROM journal
                         WHERE digest = :digest AND proposal = :proposal AND step = :step
                           AND event NOT IN ('progress', 'ended')
                         ORDER BY number DESC
                         LIMIT 1\
                        """)
                .bind("digest", approval.digest().toString())
                .bind("proposal", approval.proposal())
                .bind("step", step)
                .map((row, _) -> {
                    var event = Event.of(row.getString("event"));
                    return new LastWord(
                            StepState.of(event, row.getLong("attempt") == approval.attempt()),
                            event == Event.DECIDED
                                    ? Resolved.in(row.getString("message"))
                                    : Optional.empty());
                })
                .findOne()
                .orElse(NOTHING);
    }

    /// The step for which a plan stands still.
    Optional<String> unclear(Digest digest) {
        return standings(digest).stream()
                .filter(it -> it.state() == StepState.UNKNOWN)
                .map(StepStanding::step)
                .findFirst();
    }

    List<StepStanding> standings(Digest digest) {
        var steps = new LinkedHashMap<String, StepStanding>();
        handle.createQuery(
                        """
                        SELECT entry.step, entry.event, entry.message, entry.at,
                               entry.attempt = plan.attempt AND plan.state = 'applying' AS running
                          FROM journal entry
                          JOIN plan ON plan.digest = entry.digest
                                   AND plan.proposal = entry.proposal
                         WHERE entry.digest = :digest AND entry.step <> ''
                           AND entry.event NOT IN ('progress', 'ended')
                         ORDER BY entry.number\
                        """)
                .bind("digest", digest.toString())
                .map((row, _) -> {
                    var event = Event.of(row.getString("event"));
                    var message = row.getString("message");
                    return new StepStanding(
                            row.getString("step"),
                            StepState.of(event, row.getBoolean("running")),
                            event == Event.STARTED ? message : "",
                            message,
                            Instant.parse(row.getString("at")));
                })
                .forEach(it -> steps.merge(it.step(), it, StepRows::later));
        return List.copyOf(steps.values());
    }

    private static StepStanding later(StepStanding before, StepStanding now) {
        return now.what().isEmpty()
                ? new StepStanding(
                        now.step(), now.state(), before.what(), now.detail(), now.since())
                : now;
    }
}
