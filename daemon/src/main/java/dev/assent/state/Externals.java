package dev.assent.state;

import dev.assent.model.ApplicationName;
import dev.assent.model.Endpoint;
import dev.assent.model.Engine;
import dev.assent.model.GroupName;
import dev.assent.model.Secret;
import dev.assent.variables.ExternalGroup;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What was told of external groups. Passwords are encrypted at rest, each bound to its application
/// and group; the audit trail names what was told and never its value.
public final class Externals {

    private final Database database;
    private final Seal seal;
    private final Audit audit;

    Externals(Database database, Seal seal, Audit audit) {
        this.database = database;
        this.seal = seal;
        this.audit = audit;
    }

    /// All of an application, by engine and name.
    public List<ExternalGroup> of(ApplicationName application) {
        return database.read(handle ->
                handle.createQuery(
                                """
                                SELECT *
                                  FROM external_group
                                 WHERE application = :application
                                 ORDER BY engine, group_name\
                                """)
                        .bind("application", application.toString())
                        .map((row, _) -> group(application, row))
                        .list());
    }

    /// Writes what was told of a group in place of what was told before.
    public void told(ApplicationName application, ExternalGroup group, String who) {
        database.change(handle -> {
            if (group.leads()) followNobody(handle, application, group.name().engine());
            write(handle, application, group);
            audit.append(handle, who, "external.told", application, names(group));
        });
    }

    /// Forgets what was told of a group; says whether there was anything.
    public boolean forgotten(ApplicationName application, GroupName group, String who) {
        return database.write(handle -> {
            var rows =
                    handle.createUpdate(
                                    """
                                    DELETE FROM external_group
                                     WHERE application = :application AND engine = :engine
                                       AND group_name = :group\
                                    """)
                            .bind("application", application.toString())
                            .bind("engine", group.engine().word())
                            .bind("group", group.name())
                            .execute();
            if (rows > 0) {
                audit.append(handle, who, "external.forgotten", application, group.toString());
            }
            return rows > 0;
        });
    }

    private static void followNobody(Handle handle, ApplicationName application, Engine engine) {
        handle.createUpdate(
                        """
                        UPDATE external_group
                           SET leads = 0
                         WHERE application = :application AND engine = :engine\
                        """)
                .bind("application", application.toString())
                .bind("engine", engine.word())
                .execute();
    }

    private void write(Handle handle, ApplicationName application, ExternalGroup group) {
        var place = place(application, group.name());
        handle.createUpdate(
                        """
                        INSERT INTO external_group
                               (application, engine, group_name, host, port, username,
                                database_name, password, leads)
                        VALUES (:application, :engine, :group, :host, :port, :username,
                                :database, :password, :leads)
                        ON CONFLICT (application, engine, group_name) DO UPDATE
                           SET host = excluded.host, port = excluded.port,
                               username = excluded.username,
                               database_name = excluded.database_name,
                               password = excluded.password, leads = excluded.leads\
                        """)
                .bind("application", application.toString())
                .bind("engine", group.name().engine().word())
                .bind("group", group.name().name())
                .bind("host", group.endpoint().host())
                .bind("port", group.endpoint().port())
                .bind("username", group.username())
                .bind("database", group.database())
                .bind(
                        "password",
                        group.password().map(it -> seal.seal(it.reveal(), place)).orElse(null))
                .bind("leads", group.leads())
                .execute();
    }

    private ExternalGroup group(ApplicationName application, ResultSet row) throws SQLException {
        var name =
                new GroupName(
                        Engine.of(row.getString("engine")).orElseThrow(),
                        row.getString("group_name"));
        return new ExternalGroup(
                name,
                new Endpoint(row.getString("host"), row.getInt("port")),
                Optional.ofNullable(row.getString("username")),
                Optional.ofNullable(row.getString("database_name")),
                Optional.ofNullable(row.getBytes("password"))
                        .map(it -> Secret.of(seal.open(it, place(application, name)))),
                row.getBoolean("leads"));
    }

    private static String names(ExternalGroup group) {
        return group.name()
                + " address port"
                + group.username().map(_ -> " username").orElse("")
                + group.database().map(_ -> " database").orElse("")
                + group.password().map(_ -> " password").orElse("");
    }

    /// No part of a name has a slash in it, so no two places read the same.
    private static String place(ApplicationName application, GroupName group) {
        return "external_group/" + application + "/" + group + "/password";
    }
}
