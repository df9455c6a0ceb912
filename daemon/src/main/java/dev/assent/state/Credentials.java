package dev.assent.state;

import dev.assent.model.ApplicationName;
import dev.assent.model.GroupCredentials;
import dev.assent.model.GroupName;
import dev.assent.model.Secret;
import java.security.SecureRandom;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The names and passwords of groups, encrypted at rest, each bound to its application and group.
public final class Credentials {

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

    private GroupCredentials create(Handle handle, ApplicationName application, GroupName group) {
        var name = DatabaseName.of(application, group);
        var made =
                new GroupCredentials(
                        Secret.generate(random),
                        name,
                        name,
                        Secret.generate(random),
                        Secret.generate(random));
        insert(handle, application, group, made);
        audit.append(handle, Audit.DAEMON, "credentials.generated", application, group.toString());
        return made;
    }

    /// Stores credentials that somebody else made.
    void insert(
            Handle handle, ApplicationName application, GroupName group, GroupCredentials made) {
        handle.createUpdate(
                        """
                        INSERT INTO credential
                               (application, engine, group_name, username, database_name, admin,
                                password, replication)
                        VALUES (:application, :engine, :group, :username, :database, :admin,
                                :password, :replication)\
                        """)
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
        return handle.createQuery(
                        """
                        SELECT username, database_name, admin, password, replication
                          FROM credential
                         WHERE application = :application AND engine = :engine
                           AND group_name = :group\
                        """)
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
        handle.createUpdate(
                        """
                        DELETE FROM credential
                         WHERE application = :application AND engine = :engine
                           AND group_name = :group\
                        """)
                .bind("application", application.toString())
                .bind("engine", group.engine().word())
                .bind("group", group.name())
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
