package dev.assent.state;

import dev.assent.model.ApplicationName;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What hooks printed, kept beside the entries of the audit trail that tell of their redeploys.
/// Only the trail is for ever: of each application the newest runs are kept.
final class HookRuns {

    private static final int KEPT = 50;

    private HookRuns() {}

    /// Writes down the hook's run of the redeploy that the newest audit entry tells of.
    static void append(Handle handle, ApplicationName application, HookRun run) {
        handle.createUpdate(
                        """
                        INSERT INTO hook_run (number, application, command, succeeded, ended, output)
                        SELECT max(number), :application, :command, :succeeded, :ended, :output
                          FROM audit\
                        """)
                .bind("application", application.toString())
                .bind("command", JsonText.of(run.command()))
                .bind("succeeded", run.succeeded())
                .bind("ended", run.ended())
                .bind("output", run.output())
                .execute();
        handle.createUpdate(
                        """
                        DELETE FROM hook_run
                         WHERE application = :application
                           AND number NOT IN (SELECT number
                                                FROM hook_run
                                               WHERE application = :application
                                               ORDER BY number DESC
                                               LIMIT :kept)\
                        """)
                .bind("application", application.toString())
                .bind("kept", KEPT)
                .execute();
    }

    static Optional<HookRun> of(Handle handle, long number) {
        return handle.createQuery(
                        """
                        SELECT command, succeeded, ended, output
                          FROM hook_run
                         WHERE number = :number\
                        """)
                .bind("number", number)
                .map((row, _) ->
                        new HookRun(
                                JsonText.list(row.getString("command")),
                                row.getBoolean("succeeded"),
                                row.getString("ended"),
                                row.getString("output")))
                .findOne();
    }
}
