package dev.assent.state;

import dev.assent.model.ApplicationName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SortedMap;

/// The environment variables that are in force, encrypted at rest.
public final class Redeploys {

    private final Database database;
    private final Seal seal;
    private final Audit audit;
    private final InstantSource clock;

    Redeploys(Database database, Seal seal, Audit audit, InstantSource clock) {
        this.database = database;
        this.seal = seal;
        this.audit = audit;
        this.clock = clock;
    }

    public Optional<InForce> inForce(ApplicationName application) {
        return database.read(handle ->
                handle.createQuery(
                                """
                                SELECT who, at, variables
                                  FROM in_force
                                 WHERE application = :application\
                                """)
                        .bind("application", application.toString())
                        .map((row, _) ->
                                new InForce(
                                        JsonText.map(
                                                seal.open(
                                                        row.getBytes("variables"),
                                                        place(application))),
                                        row.getString("who"),
                                        Instant.parse(row.getString("at"))))
                        .findOne());
    }

    /// Puts variables in force and audits it (names only).
    public InForce redeployed(
            ApplicationName application, SortedMap<String, String> values, String who) {
        return redeployed(application, values, who, Optional.empty());
    }

    /// Puts variables in force that a hook has brought to the application.
    public InForce redeployed(
            ApplicationName application,
            SortedMap<String, String> values,
            String who,
            Optional<HookRun> hook) {
        var inForce = new InForce(values, who, clock.instant());
        var sealed = seal.seal(JsonText.of(inForce.values()), place(application));
        database.change(handle -> {
            handle.createUpdate(
                            """
                            INSERT INTO in_force (application, who, at, variables)
                            VALUES (:application, :who, :at, :variables)
                            ON CONFLICT (application) DO UPDATE
                               SET who = excluded.who, at = excluded.at,
                                   variables = excluded.variables\
                            """)
                    .bind("application", application.toString())
                    .bind("who", who)
                    .bind("at", inForce.at().toString())
                    .bind("variables", sealed)
                    .execute();
            var names = String.join(" ", inForce.values().keySet());
            audit.append(handle, who, "variables.redeployed", application, names);
            hook.ifPresent(it -> HookRuns.append(handle, application, it));
        });
        return inForce;
    }

    /// Writes down that a redeploy failed, which leaves in force what was.
    public Instant failed(
            ApplicationName application, String why, String who, Optional<HookRun> hook) {
        database.change(handle -> {
            audit.append(handle, who, "variables.redeploy-failed", application, why);
            hook.ifPresent(it -> HookRuns.append(handle, application, it));
        });
        return clock.instant();
    }

    /// How the hook ran of the redeploy that an entry of the audit trail tells of; empty where
    /// there was none, or that is too long ago.
    public Optional<HookRun> hook(AuditEntry entry) {
        return entry.what().startsWith("variables.redeploy")
                ? database.read(handle -> HookRuns.of(handle, entry.number()))
                : Optional.empty();
    }

    private static String place(ApplicationName application) {
        return "in_force/" + application;
    }
}
