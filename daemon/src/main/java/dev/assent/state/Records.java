package dev.assent.state;

import dev.assent.model.ApplicationName;
import dev.assent.model.Engine;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.ServerName;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.state.JournalEntry.Event;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// What exists. Only who holds an [Approval] changes it; each change raises the application's
/// serial by one and is journalled as `step` done and audited in the same transaction, so that
/// after a crash either both are written or neither is. Repeating one that is written does nothing.
public final class Records {

    private final Database database;
    private final Journal journal;
    private final Audit audit;

    Records(Database database, Journal journal, Audit audit) {
        this.database = database;
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
                handle
                        .createQuery("SELECT name FROM application WHERE serial > 0")
                        .mapTo(String.class)
                        .stream()
                        .flatMap(it -> ApplicationName.parse(it).stream())
                        .sorted()
                        .map(it -> recorded(handle, it))
                        .toList());
    }

    /// A group is its engine's primary group if no other is, and either it is planned to be, or
    /// none that the plan still creates is.
    public void groupCreated(Approval approval, String step, RecordedGroup group) {
        var detail = group.name() + " with " + servers(group.servers().size());
        write(
                approval,
                step,
                "group.created",
                detail,
                handle -> {
                    var rows = new GroupRows(handle, approval.plan().application());
                    var engine = group.name().engine();
                    var primary =
                            !rows.hasPrimary(engine)
                                    && (group.primary() || !createsPrimary(approval, engine));
                    rows.insert(group, primary);
                });
    }

    /// Removes the group with its credentials. Where it was its engine's primary group, the oldest
    /// remaining group of the engine becomes primary.
    public void groupRemoved(Approval approval, String step, GroupName group) {
        write(
                approval,
                step,
                "group.removed",
                group.toString(),
                handle -> {
                    var application = approval.plan().application();
                    var rows = new GroupRows(handle, application);
                    rows.delete(group);
                    if (!rows.hasPrimary(group.engine())) rows.makeOldestPrimary(group.engine());
                    Credentials.delete(handle, application, group);
                });
    }

    public void serverAdded(
            Approval approval, String step, GroupName group, RecordedServer server) {
        write(
                approval,
                step,
                "server.added",
                server.name() + " to " + group,
                handle ->
                        new GroupRows(handle, approval.plan().application()).insert(group, server));
    }

    public void serverRemoved(Approval approval, String step, GroupName group, ServerName server) {
        write(
                approval,
                step,
                "server.removed",
                server + " from " + group,
                handle ->
                        new GroupRows(handle, approval.plan().application()).delete(group, server));
    }

    private void write(
            Approval approval, String step, String what, String detail, Consumer<Handle> change) {
        database.change(handle -> {
            journal.fence(handle, approval);
            if (journal.isDone(handle, approval, step)) return;
            var application = approval.plan().application();
            change.accept(handle);
            Serials.raise(handle, application);
            Serials.left(handle, approval.digest());
            journal.append(handle, approval, step, Event.DONE, "recorded: " + detail);
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
