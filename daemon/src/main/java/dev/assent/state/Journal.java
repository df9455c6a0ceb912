package dev.assent.state;

import dev.assent.plan.Digest;
import dev.assent.state.JournalEntry.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Which step of which plan was started, and which is done. Only the attempt that is applying the
/// plan can write: one that comes back late is refused.
public final class Journal {

    /// The step of what is about the whole plan.
    private static final String WHOLE_PLAN = "";

    private final Database database;
    private final InstantSource clock;

    Journal(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Written before a step touches anything.
    public void started(Approval approval, String step, String what) {
        write(approval, step, Event.STARTED, what);
    }

    /// Says what a long step is doing.
    public void progress(Approval approval, String step, String what) {
        write(approval, step, Event.PROGRESS, what);
    }

    /// Written when a step is done for good.
    public void done(Approval approval, String step, String what) {
        writeUnlessDone(approval, step, Event.DONE, what);
    }

    /// Written when a step failed: it is to be done again. One that is done has not failed,
    /// whatever came after it: what is in the record cannot be written there twice.
    public void failed(Approval approval, String step, String why) {
        writeUnlessDone(approval, step, Event.FAILED, why);
    }

    /// Written before a step that is done is undone: it is to be done again.
    public void undone(Approval approval, String step, String why) {
        write(approval, step, Event.FAILED, why);
    }

    /// Written when nobody knows how a step ended that an earlier attempt started.
    ///
    /// @param evidence what can be seen of it
    public void unknown(Approval approval, String step, String evidence) {
        write(approval, step, Event.UNKNOWN, evidence);
    }

    /// The last word on a step.
    ///
    /// @param state where it stands for the attempt that is applying the plan
    /// @param resolved what a person said of a step of which nobody knew how it ended, until it is
    ///   done again
    public record LastWord(StepState state, Optional<Resolved> resolved) {}

    public LastWord last(Approval approval, String step) {
        return database.read(handle -> new StepRows(handle).last(approval, step));
    }

    /// The steps of a plan that were touched since it was proposed, in the order in which they were
    /// begun.
    public List<StepStanding> standings(Digest digest) {
        return database.read(handle -> new StepRows(handle).standings(digest));
    }

    /// Whether the step was done in this or an earlier attempt of the same plan, and has not failed
    /// or been undone since.
    public boolean isDone(Approval approval, String step) {
        return database.read(handle -> isDone(handle, approval, step));
    }

    /// The entries of a plan with a number above `after`, in order.
    public List<JournalEntry> entries(Digest digest, long after) {
        return database.read(handle ->
                handle.createQuery(
                                """
                                SELECT number, step, event, message, at
                                  FROM journal
                                 WHERE digest = :digest AND number > :after
                                 ORDER BY number\
                                """)
                        .bind("digest", digest.toString())
                        .bind("after", after)
                        .map((row, _) ->
                                new JournalEntry(
                                        row.getLong("number"),
                                        row.getString("step"),
                                        Event.of(row.getString("event")),
                                        row.getString("message"),
                                        Instant.parse(row.getString("at"))))
                        .list());
    }

    /// How long the last steps took that were done, newest first. Of one that a crash interrupted
    /// only what came after it counts.
    public List<StepTime> times(int most) {
        return database.read(handle ->
                handle.createQuery(
                                """
                                SELECT began.message, began.at AS began_at, ended.at AS ended_at
                                  FROM journal ended
                                  JOIN journal began
                                    ON began.number = (SELECT max(number)
                                                         FROM journal
                                                        WHERE digest = ended.digest
                                                          AND step = ended.step
                                                          AND event = 'started'
                                                          AND number < ended.number)
                                 WHERE ended.event = 'done'
                                 ORDER BY ended.number DESC
                                 LIMIT :most\
                                """)
                        .bind("most", most)
                        .map((row, _) ->
                                new StepTime(
                                        row.getString("message"),
                                        between(
                                                row.getString("began_at"),
                                                row.getString("ended_at"))))
                        .list());
    }

    /// A clock that was set back says nothing.
    private static Duration between(String began, String ended) {
        var time = Duration.between(Instant.parse(began), Instant.parse(ended));
        return time.isNegative() ? Duration.ZERO : time;
    }

    private void write(Approval approval, String step, Event event, String message) {
        database.change(handle -> appendFenced(handle, approval, step, event, message));
    }

    private void writeUnlessDone(Approval approval, String step, Event event, String message) {
        database.change(handle -> {
            if (isDone(handle, approval, step)) fence(handle, approval);
            else appendFenced(handle, approval, step, event, message);
        });
    }

    /// Whether the plan is being applied by this very attempt.
    public boolean isUnderWay(Approval approval) {
        return database.read(handle -> holds(handle, approval));
    }

    private static boolean holds(Handle handle, Approval approval) {
        return handle.createQuery(
                                """
                                SELECT count(*)
                                  FROM plan
                                 WHERE digest = :digest AND state = 'applying'
                                   AND attempt = :attempt\
                                """)
                        .bind("digest", approval.digest().toString())
                        .bind("attempt", approval.attempt())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /// Refuses whoever does not hold the plan's present attempt, however late they come.
    void fence(Handle handle, Approval approval) {
        if (!holds(handle, approval)) throw late(approval);
    }

    private static StateException late(Approval approval) {
        var id = approval.digest().id();
        return new StateException(
                "%s is no longer being applied by attempt %d, which wanted to write; nothing was written. See where it stands: assent show %s"
                        .formatted(id, approval.attempt(), id));
    }

    /// The last word on a step counts: done, or failed. A plan that was proposed anew after it had
    /// ended begins with no step done.
    boolean isDone(Handle handle, Approval approval, String step) {
        return handle.createQuery(
                        """
                        SELECT event = 'done'
                          FROM journal
                         WHERE digest = :digest AND proposal = :proposal AND step = :step
                           AND event IN ('done', 'failed')
                         ORDER BY number DESC
                         LIMIT 1\
                        """)
                .bind("digest", approval.digest().toString())
                .bind("proposal", approval.proposal())
                .bind("step", step)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false);
    }

    void ended(Handle handle, Approval approval, String message) {
        append(handle, approval, WHOLE_PLAN, Event.ENDED, message);
    }

    void append(Handle handle, Approval approval, String step, Event event, String message) {
        insert(
                handle,
                approval,
                step,
                event,
                message,
                "VALUES (:digest, :proposal, :attempt, :step, :event, :message, :at)");
    }

    /// Fence and entry in one statement: each step is journalled a few times.
    private void appendFenced(
            Handle handle, Approval approval, String step, Event event, String message) {
        var written =
                insert(
                        handle,
                        approval,
                        step,
                        event,
                        message,
                        """
                        SELECT digest, :proposal, attempt, :step, :event, :message, :at
                          FROM plan
                         WHERE digest = :digest AND state = 'applying' AND attempt = :attempt\
                        """);
        if (written == 0) throw late(approval);
    }

    private int insert(
            Handle handle,
            Approval approval,
            String step,
            Event event,
            String message,
            String rows) {
        return handle.createUpdate(
                        "INSERT INTO journal (digest, proposal, attempt, step, event, message, at) "
                                + rows)
                .bind("digest", approval.digest().toString())
                .bind("proposal", approval.proposal())
                .bind("attempt", approval.attempt())
                .bind("step", step)
                .bind("event", event.word())
                .bind("message", message)
                .bind("at", clock.instant().toString())
                .execute();
    }
}
