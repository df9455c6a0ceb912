package dev.assent.state;

import dev.assent.model.ApplicationName;
import dev.assent.model.Engine;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.ServerKey;
import dev.assent.model.ServerName;
import dev.assent.plan.Change;
import dev.assent.plan.Change.AdoptGroup;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.plan.Change.ReleaseGroup;
import dev.assent.plan.Change.RotateCredentials;
import dev.assent.plan.Change.StartReplication;
import dev.assent.plan.Change.StopReplication;
import dev.assent.plan.Foreseen;
import dev.assent.plan.render.ChangeTitle;
import dev.assent.state.JournalEntry.Event;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// What exists. Only who holds an [Approval] changes it; each change raises the application's
/// serial by one and is journalled as `step` done and audited in the same transaction, so that
/// after a crash either both are written or neither is. Repeating one that is written does nothing.
public final class Records {

    private final Database database;
    private final Journal journal;
    private final Credentials credentials;
    private final Adoptions adoptions;
    private final Audit audit;

    Records(
            Database database,
            Journal journal,
            Credentials credentials,
            Adoptions adoptions,
            Audit audit) {
        this.database = database;
        this.credentials = credentials;
        this.adoptions = adoptions;
        this.journal = journal;
        this.audit = audit;
    }

    /// The record of an application; [Recorded#nothing] where there is none.
    public Recorded of(ApplicationName application) {
        return database.read(handle -> recorded(handle, application));
    }

    /// All records, by application.
    public List<Recorded> all() {
        return database.read(handle ->
                named(handle, handle.createQuery("SELECT name FROM application WHERE serial > 0")));
    }

    /// All servers that were built, without what else is recorded of them: for who looks at them
    /// again and again.
    public List<ServerKey> builtServers() {
        return database.read(handle ->
                handle.createQuery(
                                """
                                SELECT application, engine, server_group.name AS group_name,
                                       server.name AS server_name
                                  FROM server_group
                                  JOIN server ON group_id = server_group.id
                                 WHERE origin <> 'adopted'
                                 ORDER BY server.id\
                                """)
                        .map((row, _) ->
                                new ServerKey(
                                        ApplicationName.parse(row.getString("application"))
                                                .orElseThrow(),
                                        new GroupName(
                                                Engine.of(row.getString("engine")).orElseThrow(),
                                                row.getString("group_name")),
                                        new ServerName(row.getString("server_name"))))
                        .list());
    }

    /// The sum of all applications' serials: while it stays the same, so do all records.
    public long serials() {
        return database.read(handle ->
                handle.createQuery("SELECT coalesce(sum(serial), 0) FROM application")
                        .mapTo(Long.class)
                        .one());
    }

    /// The records of the applications of which some group follows one of this application.
    public List<Recorded> followersOf(ApplicationName application) {
        return database.read(handle ->
                named(
                        handle,
                        handle.createQuery(
                                        """
                                        SELECT DISTINCT application
                                          FROM server_group
                                         WHERE replicates_from >= :application || '/'
                                           AND replicates_from < :application || '0'\
                                        """)
                                .bind("application", application.toString())));
    }

    /// The records of the applications that a query names.
    private static List<Recorded> named(Handle handle, Query names) {
        return names.mapTo(String.class).stream()
                .flatMap(it -> ApplicationName.parse(it).stream())
                .sorted()
                .map(it -> recorded(handle, it))
                .toList();
    }

    /// A group is its engine's primary group if no other is, and either it is planned to be, or
    /// none that the plan still creates is.
    public void groupCreated(Approval approval, String step, RecordedGroup group) {
        write(
                approval,
                step,
                "group.created",
                group.name() + " with " + servers(group.servers().size()),
                (rows, recorded) -> rows.insert(crowned(approval, recorded, group)));
    }

    /// A server that Assent did not build is known from now on, and with what it is entered.
    public void groupAdopted(Approval approval, String step, AdoptGroup adopt) {
        write(
                approval,
                step,
                "group.adopted",
                adopt.group() + " at " + adopt.endpoint(),
                (rows, recorded) -> {
                    var entry = adoptions.of(rows.handle(), approval, adopt);
                    var group = Foreseen.after(recorded, adopt).group(adopt.group()).orElseThrow();
                    rows.insert(group);
                    Credentials.delete(rows.handle(), recorded.application(), adopt.group());
                    credentials.insert(rows.handle(), recorded.application(), adopt.group(), entry);
                });
    }

    private static RecordedGroup crowned(
            Approval approval, Recorded recorded, RecordedGroup group) {
        var engine = group.name().engine();
        var primary =
                recorded.primary(engine).isEmpty()
                        && (group.primary() || !createsPrimary(approval, engine));
        return group.with(group.standing().withPrimary(primary));
    }

    /// Removes the group with its credentials. Where it was its engine's primary group, the oldest
    /// remaining group of the engine becomes primary.
    public void groupRemoved(Approval approval, String step, GroupName group) {
        gone(approval, step, "group.removed", group);
    }

    /// Forgets an adopted group with its credentials, as [#groupRemoved] does.
    public void groupReleased(Approval approval, String step, GroupName group) {
        gone(approval, step, "group.released", group);
    }

    private void gone(Approval approval, String step, String what, GroupName group) {
        write(
                approval,
                step,
                what,
                group.toString(),
                (rows, recorded) -> {
                    rows.delete(group);
                    Credentials.delete(rows.handle(), recorded.application(), group);
                    var change = new ReleaseGroup(group, List.of());
                    edit(rows, recorded, Foreseen.after(recorded, change));
                });
    }

    /// A group is the copy of another one from now on, and has its users and passwords.
    public void replicationStarted(Approval approval, String step, StartReplication start) {
        write(
                approval,
                step,
                "replication.started",
                start.group() + " follows " + start.source(),
                (rows, recorded) -> {
                    var group = new GroupAddress(recorded.application(), start.group());
                    edit(rows, recorded, Foreseen.after(recorded, start));
                    credentials.copied(rows.handle(), start.source(), group);
                });
    }

    /// A group follows nobody any more; the passwords that were made for that are in force.
    public void replicationStopped(Approval approval, String step, StopReplication stop) {
        renewed(approval, step, "replication.stopped", stop, stop.group() + " goes on by itself");
    }

    /// The passwords that were made for it are in force for a group and for those that follow it.
    public void rotated(Approval approval, String step, RotateCredentials rotate) {
        renewed(approval, step, "credentials.rotated", rotate, rotate.group().toString());
    }

    private void renewed(
            Approval approval, String step, String what, Change change, String detail) {
        write(
                approval,
                step,
                what,
                detail,
                (rows, recorded) -> {
                    edit(rows, recorded, Foreseen.after(recorded, change));
                    credentials.renewed(
                            rows.handle(),
                            new GroupAddress(recorded.application(), change.group()));
                });
    }

    /// Writes a change that nothing has to be built or removed for.
    ///
    /// @param what a verb and its object for the audit trail: `primary.set`
    public void changed(Approval approval, String step, String what, Change change) {
        write(
                approval,
                step,
                what,
                ChangeTitle.of(change),
                (rows, recorded) -> {
                    if (recorded.group(change.group()).isEmpty()) {
                        throw rows.wrong("holds no " + change.group());
                    }
                    edit(rows, recorded, Foreseen.after(recorded, change));
                });
    }

    private static void edit(GroupRows rows, Recorded before, Recorded after) {
        // Those that are no longer primary first: there is one at a time.
        after.groups().stream()
                .filter(it -> !before.group(it.name()).equals(Optional.of(it)))
                .sorted(Comparator.comparing(RecordedGroup::primary))
                .forEach(rows::update);
    }

    /// Remembers that a manifest declares groups which came from elsewhere: from now on they can be
    /// gone from it. What exists is the same as before, so the serial stays.
    public void declared(ApplicationName application, Set<GroupName> groups) {
        database.change(handle -> {
            var rows = new GroupRows(handle, application);
            for (var group : rows.all()) {
                if (group.standing().declared() || !groups.contains(group.name())) continue;
                rows.update(group.with(group.standing().withDeclared(true)));
            }
        });
    }

    public void serverAdded(
            Approval approval, String step, GroupName group, RecordedServer server) {
        write(
                approval,
                step,
                "server.added",
                server.name() + " to " + group,
                (rows, _) -> rows.insert(group, server));
    }

    public void serverRemoved(Approval approval, String step, GroupName group, ServerName server) {
        write(
                approval,
                step,
                "server.removed",
                server + " from " + group,
                (rows, _) -> rows.delete(group, server));
    }

    private void write(
            Approval approval,
            String step,
            String what,
            String detail,
            BiConsumer<GroupRows, Recorded> change) {
        database.change(handle -> {
            journal.fence(handle, approval);
            if (journal.isDone(handle, approval, step)) return;
            var application = approval.plan().application();
            change.accept(new GroupRows(handle, application), recorded(handle, application));
            Serials.raise(handle, application);
            Serials.left(handle, approval.digest());
            journal.append(handle, approval, step, Event.DONE, JournalEntry.RECORDED + detail);
            audit.append(handle, Audit.DAEMON, what, application, approval.digest(), detail);
        });
    }

    private static Recorded recorded(Handle handle, ApplicationName application) {
        return new Recorded(
                application,
                Serials.of(handle, application),
                new GroupRows(handle, application).all());
    }

    private static boolean createsPrimary(Approval approval, Engine engine) {
        return approval.changes().stream()
                .anyMatch(it ->
                        it.change() instanceof CreateGroup create
                                && create.group().engine() == engine
                                && create.primary());
    }

    private static String servers(int count) {
        return count == 1 ? "1 server" : count + " servers";
    }
}
