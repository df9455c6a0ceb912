package dev.assent.state;

import dev.assent.model.ApplicationName;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupCredentials;
import dev.assent.model.GroupName;
import dev.assent.model.Secret;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// The names and passwords of groups, encrypted at rest, each bound to its application and group.
public final class Credentials {

    /// The passwords in force.
    private static final String NOW = "credential";

    /// Those that servers are being told.
    private static final String NEXT = "next_credential";

    /// Those that servers may not have forgotten yet.
    private static final String PREVIOUS = "previous_credential";

    private final Database database;
    private final Seal seal;
    private final Audit audit;
    private final SecureRandom random = new SecureRandom();

    Credentials(Database database, Seal seal, Audit audit) {
        this.database = database;
        this.seal = seal;
        this.audit = audit;
    }

    /// The group's credentials, generated and stored durably at the first call, so that no server
    /// is ever built with a password that a crash can lose.
    public GroupCredentials getOrCreate(ApplicationName application, GroupName group) {
        return database.write(handle ->
                find(handle, application, group)
                        .orElseGet(() -> create(handle, application, group)));
    }

    public Optional<GroupCredentials> get(ApplicationName application, GroupName group) {
        return database.read(handle -> find(handle, application, group));
    }

    /// New passwords for a group's users, generated and stored durably at the first call and the
    /// same ones until [#renewed], so that no server ever hears of a password that a crash can
    /// lose. Where another plan has begun to tell them and was given up, only the application's is
    /// made to be as this one says: by the others Assent still gets in.
    ///
    /// @param includingApplication whether the application's user gets a new one, too
    public GroupCredentials next(
            ApplicationName application, GroupName group, boolean includingApplication) {
        return database.write(handle -> {
            var now = find(handle, application, group).orElseThrow();
            var begun = next(handle, application, group);
            var isNew = begun.filter(it -> !it.password().equals(now.password())).isPresent();
            if (begun.isPresent() && isNew == includingApplication) return begun.get();
            var next =
                    new GroupCredentials(
                            begun.map(GroupCredentials::admin)
                                    .orElseGet(() -> Secret.generate(random)),
                            now.username(),
                            now.database(),
                            includingApplication ? Secret.generate(random) : now.password(),
                            begun.map(GroupCredentials::replication)
                                    .orElseGet(() -> Secret.generate(random)));
            delete(handle, NEXT, new GroupAddress(application, group));
            insert(handle, NEXT, application, group, next);
            return next;
        });
    }

    /// The passwords before the last renewal, which some server may still know; those in force
    /// where there was none.
    public GroupCredentials previous(ApplicationName application, GroupName group) {
        return database.read(handle ->
                find(handle, PREVIOUS, application, group)
                        .or(() -> find(handle, application, group))
                        .orElseThrow());
    }

    private Optional<GroupCredentials> next(
            Handle handle, ApplicationName application, GroupName group) {
        return find(handle, NEXT, application, group);
    }

    /// The new passwords are those in force from now on; for the groups that follow it, too.
    void renewed(Handle handle, GroupAddress group) {
        var next = next(handle, group.application(), group.group()).orElseThrow();
        var now = find(handle, group.application(), group.group()).orElseThrow();
        delete(handle, NEXT, group);
        delete(handle, PREVIOUS, group);
        insert(handle, PREVIOUS, group.application(), group.group(), now);
        share(handle, group, next);
    }

    /// A group has the users and passwords of another one, whose copy it is; those that follow it,
    /// too.
    void copied(Handle handle, GroupAddress from, GroupAddress to) {
        var source = find(handle, from.application(), from.group()).orElseThrow();
        delete(handle, NEXT, to);
        delete(handle, PREVIOUS, to);
        share(handle, to, source);
    }

    private void share(Handle handle, GroupAddress group, GroupCredentials credentials) {
        for (var each : following(handle, group)) {
            delete(handle, NOW, each);
            insert(handle, NOW, each.application(), each.group(), credentials);
        }
    }

    /// The group itself, and all that hold a copy of its data.
    private static Set<GroupAddress> following(Handle handle, GroupAddress group) {
        var all = new LinkedHashSet<GroupAddress>();
        var next = new ArrayDeque<>(List.of(group));
        while (!next.isEmpty()) {
            var each = next.remove();
            if (!all.add(each)) continue;
            handle.createQuery(
                            """
                            SELECT application || '/' || engine || '/' || name
                              FROM server_group
                             WHERE replicates_from = :source
                             ORDER BY 1\
                            """)
                    .bind("source", each.toString())
                    .mapTo(String.class)
                    .forEach(it -> GroupAddress.parse(it).ifPresent(next::add));
        }
        return all;
    }

    private GroupCredentials create(Handle handle, ApplicationName application, GroupName group) {
        var name = DatabaseName.of(application, group);
        var made =
                new GroupCredentials(
                        Secret.generate(random),
                        name,
                        name,
                        Secret.generate(random),
                        Secret.generate(random));
        insert(handle, NOW, application, group, made);
        audit.append(handle, Audit.DAEMON, "credentials.generated", application, group.toString());
        return made;
    }

    /// Stores credentials that somebody else made.
    void insert(
            Handle handle, ApplicationName application, GroupName group, GroupCredentials made) {
        insert(handle, NOW, application, group, made);
    }

    private void insert(
            Handle handle,
            String table,
            ApplicationName application,
            GroupName group,
            GroupCredentials made) {
        handle.createUpdate(
                        """
                        INSERT INTO <table>
                               (application, engine, group_name, username, database_name, admin,
                                password, replication)
                        VALUES (:application, :engine, :group, :username, :database, :admin,
                                :password, :replication)\
                        """)
                .define("table", table)
                .bind("application", application.toString())
                .bind("engine", group.engine().word())
                .bind("group", group.name())
                .bind("username", made.username())
                .bind("database", made.database())
                .bind("admin", sealed(made.admin(), application, group, "admin"))
                .bind("password", sealed(made.password(), application, group, "password"))
                .bind("replication", sealed(made.replication(), application, group, "replication"))
                .execute();
    }

    private Optional<GroupCredentials> find(
            Handle handle, ApplicationName application, GroupName group) {
        return find(handle, NOW, application, group);
    }

    private Optional<GroupCredentials> find(
            Handle handle, String table, ApplicationName application, GroupName group) {
        return handle.createQuery(
                        """
                        SELECT username, database_name, admin, password, replication
                          FROM <table>
                         WHERE application = :application AND engine = :engine
                           AND group_name = :group\
                        """)
                .define("table", table)
                .bind("application", application.toString())
                .bind("engine", group.engine().word())
                .bind("group", group.name())
                .map((row, _) ->
                        new GroupCredentials(
                                opened(row.getBytes("admin"), application, group, "admin"),
                                row.getString("username"),
                                row.getString("database_name"),
                                opened(row.getBytes("password"), application, group, "password"),
                                opened(
                                        row.getBytes("replication"),
                                        application,
                                        group,
                                        "replication")))
                .findOne();
    }

    static void delete(Handle handle, ApplicationName application, GroupName group) {
        delete(handle, NOW, new GroupAddress(application, group));
        delete(handle, NEXT, new GroupAddress(application, group));
        delete(handle, PREVIOUS, new GroupAddress(application, group));
    }

    private static void delete(Handle handle, String table, GroupAddress group) {
        handle.createUpdate(
                        """
                        DELETE FROM <table>
                         WHERE application = :application AND engine = :engine
                           AND group_name = :group\
                        """)
                .define("table", table)
                .bind("application", group.application().toString())
                .bind("engine", group.group().engine().word())
                .bind("group", group.group().name())
                .execute();
    }

    private byte[] sealed(
            Secret secret, ApplicationName application, GroupName group, String column) {
        return seal.seal(secret.reveal(), place(application, group, column));
    }

    private Secret opened(
            byte[] sealed, ApplicationName application, GroupName group, String column) {
        return Secret.of(seal.open(sealed, place(application, group, column)));
    }

    /// No part of a name has a slash in it, so no two places read the same.
    private static String place(ApplicationName application, GroupName group, String column) {
        return "credential/" + application + "/" + group + "/" + column;
    }
}
