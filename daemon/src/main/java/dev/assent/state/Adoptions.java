package dev.assent.state;

import dev.assent.model.ApplicationName;
import dev.assent.model.GroupCredentials;
import dev.assent.model.GroupName;
import dev.assent.model.Secret;
import dev.assent.plan.Change.AdoptGroup;
import dev.assent.plan.Plan;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// With what servers that Assent did not build are entered, from the request until it is decided.
/// Passwords are encrypted at rest, each bound to its application and group.
public final class Adoptions {

    private final Database database;
    private final Seal seal;

    Adoptions(Database database, Seal seal) {
        this.database = database;
        this.seal = seal;
    }

    /// Keeps a user, its password and its database; those of an earlier request are forgotten.
    public void keep(
            ApplicationName application,
            GroupName group,
            String username,
            String databaseName,
            Secret password) {
        var sealed = seal.seal(password.reveal(), place(application, group));
        database.change(handle ->
                handle.createUpdate(
                                """
                                INSERT OR REPLACE INTO adoption
                                       (application, engine, group_name, username, database_name,
                                        password)
                                VALUES (:application, :engine, :group, :username, :database,
                                        :password)\
                                """)
                        .bind("application", application.toString())
                        .bind("engine", group.engine().word())
                        .bind("group", group.name())
                        .bind("username", username)
                        .bind("database", databaseName)
                        .bind("password", sealed)
                        .execute());
    }

    /// What was kept. Assent itself has no user of its own there.
    Optional<GroupCredentials> find(Handle handle, ApplicationName application, GroupName group) {
        return handle.createQuery(
                        """
                        SELECT username, database_name, password
                          FROM adoption
                         WHERE application = :application AND engine = :engine
                           AND group_name = :group\
                        """)
                .bind("application", application.toString())
                .bind("engine", group.engine().word())
                .bind("group", group.name())
                .map((row, _) ->
                        new GroupCredentials(
                                Secret.of(""),
                                row.getString("username"),
                                row.getString("database_name"),
                                Secret.of(
                                        seal.open(
                                                row.getBytes("password"),
                                                place(application, group))),
                                Secret.of("")))
                .findOne();
    }

    static void forget(Handle handle, ApplicationName application, GroupName group) {
        handle.createUpdate(
                        """
                        DELETE FROM adoption
                         WHERE application = :application AND engine = :engine
                           AND group_name = :group\
                        """)
                .bind("application", application.toString())
                .bind("engine", group.engine().word())
                .bind("group", group.name())
                .execute();
    }

    /// Forgets those of the groups that a plan would have adopted.
    static void forget(Handle handle, Plan plan) {
        for (var planned : plan.changes()) {
            if (planned.change() instanceof AdoptGroup adopt) {
                forget(handle, plan.application(), adopt.group());
            }
        }
    }

    private static String place(ApplicationName application, GroupName group) {
        return "adoption/" + application + "/" + group;
    }
}
