package dev.assent.state;

import dev.assent.model.ApplicationName;
import dev.assent.model.Engine;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.model.ServerName;
import dev.assent.plan.Finding;
import dev.assent.plan.Finding.Kind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/// What was found of servers that are not as they are recorded. Whatever begins or ends is in the
/// audit trail in the same transaction.
public final class Findings {

    private static final RowMapper<OpenFinding> FINDING =
            (row, _) ->
                    new OpenFinding(
                            ApplicationName.parse(row.getString("application")).orElseThrow(),
                            new Finding(
                                    new GroupName(
                                            Engine.of(row.getString("engine")).orElseThrow(),
                                            row.getString("group_name")),
                                    new ServerName(row.getString("server")),
                                    Kind.of(row.getString("kind")).orElseThrow(),
                                    row.getString("seen"),
                                    row.getString("message")),
                            Instant.parse(row.getString("since")));

    private final Database database;
    private final Audit audit;
    private final InstantSource clock;

    Findings(Database database, Audit audit, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /// What is otherwise in an application's servers now.
    ///
    /// @param began what was not so before
    /// @param ended what no longer is
    public record Settled(
            List<OpenFinding> open, List<OpenFinding> began, List<OpenFinding> ended) {

        public Settled {
            open = List.copyOf(open);
            began = List.copyOf(began);
            ended = List.copyOf(ended);
        }
    }

    public List<OpenFinding> of(ApplicationName application) {
        return database.read(handle -> of(handle, application));
    }

    /// Of all applications.
    public List<OpenFinding> all() {
        return database.read(handle ->
                handle.createQuery("SELECT * FROM finding ORDER BY application, since")
                        .map(FINDING)
                        .list());
    }

    /// Writes what is otherwise now in the place of what was. Nothing is written where the record
    /// has moved since it was looked at, or a plan is being applied to it: what was seen then may
    /// be what was meant to be.
    ///
    /// @param recorded what it was looked at against
    /// @param now what is otherwise
    /// @return empty where nothing was written
    public Optional<Settled> settle(Recorded recorded, List<Finding> now) {
        var application = recorded.application();
        return database.write(handle -> {
            if (Serials.of(handle, application) != recorded.serial()) return Optional.empty();
            var busy =
                    new PlanRows(handle)
                            .in(application, PlanState.APPLYING, PlanState.NEEDS_DECISION);
            return busy.isEmpty()
                    ? Optional.of(settle(handle, application, now))
                    : Optional.empty();
        });
    }

    private Settled settle(Handle handle, ApplicationName application, List<Finding> now) {
        var all = of(handle, application);
        var before =
                all.stream()
                        .collect(
                                Collectors.toMap(
                                        it -> it.finding().subject(), Function.identity()));
        var open = new ArrayList<OpenFinding>();
        var began = new ArrayList<OpenFinding>();
        for (var finding : now) {
            var known = Optional.ofNullable(before.get(finding.subject()));
            var since = known.map(OpenFinding::since).orElseGet(clock::instant);
            var it = new OpenFinding(application, finding, since);
            open.add(it);
            if (known.equals(Optional.of(it))) continue;
            put(handle, it);
            if (known.isEmpty()) began.add(it);
        }
        var still = now.stream().map(Finding::subject).collect(Collectors.toSet());
        var ended = all.stream().filter(it -> !still.contains(it.finding().subject())).toList();
        ended.forEach(it -> delete(handle, it));
        began.forEach(it -> note(handle, "drift.found", it));
        ended.forEach(it -> note(handle, "drift.ended", it));
        return new Settled(open, began, ended);
    }

    private void note(Handle handle, String what, OpenFinding it) {
        audit.append(handle, Audit.DAEMON, what, it.application(), it.finding().message());
    }

    static List<OpenFinding> of(Handle handle, ApplicationName application) {
        return handle.createQuery(
                        """
                        SELECT *
                          FROM finding
                         WHERE application = :application
                         ORDER BY since, engine, group_name, server, kind\
                        """)
                .bind("application", application.toString())
                .map(FINDING)
                .list();
    }

    private static void put(Handle handle, OpenFinding it) {
        var finding = it.finding();
        handle.createUpdate(
                        """
                        INSERT INTO finding
                               (application, engine, group_name, server, kind, seen, message, since)
                        VALUES (:application, :engine, :group, :server, :kind, :seen, :message,
                                :since)
                        ON CONFLICT (application, engine, group_name, server, kind) DO UPDATE
                           SET seen = excluded.seen, message = excluded.message\
                        """)
                .bind("application", it.application().toString())
                .bind("engine", finding.group().engine().word())
                .bind("group", finding.group().name())
                .bind("server", finding.server().name())
                .bind("kind", finding.kind().word())
                .bind("seen", finding.seen())
                .bind("message", finding.message())
                .bind("since", it.since().toString())
                .execute();
    }

    private static void delete(Handle handle, OpenFinding it) {
        handle.createUpdate(
                        """
                        DELETE FROM finding
                         WHERE application = :application AND engine = :engine
                           AND group_name = :group AND server = :server AND kind = :kind\
                        """)
                .bind("application", it.application().toString())
                .bind("engine", it.finding().group().engine().word())
                .bind("group", it.finding().group().name())
                .bind("server", it.finding().server().name())
                .bind("kind", it.finding().kind().word())
                .execute();
    }
}
