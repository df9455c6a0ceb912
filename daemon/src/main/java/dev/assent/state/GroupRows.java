package dev.assent.state;

import dev.assent.model.ApplicationName;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.Recorded.Standing;
import dev.assent.model.ServerName;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.plan.BackupsJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/// The groups and servers of one application inside one transaction. Something other than what the
/// record holds was to be changed: that is an exception, since plans are made from the record.
record GroupRows(Handle handle, ApplicationName application) {

    /// Oldest first.
    List<RecordedGroup> all() {
        var groups = new LinkedHashMap<GroupName, List<RecordedGroup>>();
        handle.createQuery(
                        """
                        SELECT server_group.*, server.name AS server_name,
                               server.settings AS server_settings, host, port
                          FROM server_group
                          LEFT JOIN server ON group_id = server_group.id
                         WHERE application = :application
                         ORDER BY server_group.id, position, server.id\
                        """)
                .bind("application", application.toString())
                .map((row, _) -> group(row))
                .forEach(it -> groups.computeIfAbsent(it.name(), _ -> new ArrayList<>()).add(it));
        return groups.values().stream().map(GroupRows::whole).toList();
    }

    /// @param each the group, once with each of its servers
    private static RecordedGroup whole(List<RecordedGroup> each) {
        return each.getFirst().with(each.stream().flatMap(it -> it.servers().stream()).toList());
    }

    void insert(RecordedGroup group) {
        if (find(group.name()).isPresent()) throw wrong("holds " + group.name() + " already");
        var insert =
                handle.createUpdate(
                        """
                        INSERT INTO server_group
                               (application, engine, name, variant, version, settings, origin,
                                declared, is_primary, is_protected, replicates_from, backups)
                        VALUES (:application, :engine, :name, :variant, :version, :settings,
                                :origin, :declared, :primary, :protected, :source, :backups)\
                        """);
        bindChangeable(insert, group)
                .bind("application", application.toString())
                .bind("engine", group.name().engine().word())
                .bind("name", group.name().name())
                .bind("variant", group.specification().variant().word())
                .bind("origin", group.origin().name().toLowerCase(Locale.ROOT))
                .execute();
        group.servers().forEach(it -> insert(group.name(), it));
    }

    /// Writes what of a group and its servers can change without building anything.
    void update(RecordedGroup group) {
        var id = id(group.name());
        var update =
                handle.createUpdate(
                        """
                        UPDATE server_group
                           SET version = :version, settings = :settings, declared = :declared,
                               is_primary = :primary,
                               is_protected = :protected, replicates_from = :source,
                               backups = :backups
                         WHERE id = :id\
                        """);
        bindChangeable(update, group).bind("id", id).execute();
        for (var position = 0; position < group.servers().size(); position++) {
            var server = group.servers().get(position);
            handle.createUpdate(
                            """
                            UPDATE server
                               SET settings = :settings, position = :position
                             WHERE group_id = :group AND name = :name\
                            """)
                    .bind("group", id)
                    .bind("name", server.name().name())
                    .bind("settings", JsonText.of(server.spec().settings()))
                    .bind("position", position)
                    .execute();
        }
    }

    private static Update bindChangeable(Update update, RecordedGroup group) {
        var standing = group.standing();
        return update.bind("version", group.version().text())
                .bind("settings", JsonText.of(group.specification().settings()))
                .bind("declared", standing.declared() ? 1 : 0)
                .bind("primary", standing.primary() ? 1 : 0)
                .bind("protected", standing.isProtected() ? 1 : 0)
                .bind("source", standing.replicatesFrom().map(GroupAddress::toString))
                .bind("backups", standing.backups().map(it -> BackupsJson.write(it).toString()));
    }

    void insert(GroupName group, RecordedServer server) {
        var id = id(group);
        var there = servers(id);
        if (there.stream().anyMatch(it -> it.name().equals(server.name()))) {
            throw wrong("holds " + server.name() + " in " + group + " already");
        }
        handle.createUpdate(
                        """
                        INSERT INTO server (group_id, name, settings, host, port, position)
                        VALUES (:group, :name, :settings, :host, :port,
                                (SELECT 1 + coalesce(max(position), -1)
                                   FROM server
                                  WHERE group_id = :group))\
                        """)
                .bind("group", id)
                .bind("name", server.name().name())
                .bind("settings", JsonText.of(server.spec().settings()))
                .bind("host", server.endpoint().host())
                .bind("port", server.endpoint().port())
                .execute();
    }

    /// Its servers go with it.
    void delete(GroupName group) {
        handle.createUpdate("DELETE FROM server_group WHERE id = :id")
                .bind("id", id(group))
                .execute();
    }

    void delete(GroupName group, ServerName server) {
        var id = id(group);
        var servers = servers(id);
        if (servers.stream().noneMatch(it -> it.name().equals(server))) {
            throw wrong("holds no " + server + " in " + group);
        }
        if (servers.getFirst().name().equals(server)) {
            throw wrong("keeps " + server + ", the primary server of " + group);
        }
        handle.createUpdate("DELETE FROM server WHERE group_id = :group AND name = :name")
                .bind("group", id)
                .bind("name", server.name())
                .execute();
    }

    /// A group with one of its servers.
    private RecordedGroup group(ResultSet row) throws SQLException {
        var name =
                GroupName.parse(row.getString("engine") + "/" + row.getString("name"))
                        .orElseThrow(() -> wrong("holds a group that has no name"));
        if (row.getString("server_name") == null)
            throw wrong("holds " + name + " without a server");
        var specification =
                new Specification(
                        Variant.of(row.getString("variant"))
                                .orElseThrow(() -> wrong("holds an unknown variant")),
                        Optional.of(new Version(row.getString("version"))),
                        JsonText.map(row.getString("settings")));
        return new RecordedGroup(
                name,
                specification,
                Origin.valueOf(row.getString("origin").toUpperCase(Locale.ROOT)),
                standing(row),
                List.of(server(row, "server_")));
    }

    private static RecordedServer server(ResultSet row, String prefix) throws SQLException {
        return new RecordedServer(
                new ServerSpec(
                        new ServerName(row.getString(prefix + "name")),
                        JsonText.map(row.getString(prefix + "settings"))),
                new Endpoint(row.getString("host"), row.getInt("port")));
    }

    private Standing standing(ResultSet row) throws SQLException {
        return new Standing(
                row.getInt("declared") == 1,
                row.getInt("is_primary") == 1,
                row.getInt("is_protected") == 1,
                Optional.ofNullable(row.getString("replicates_from"))
                        .map(it ->
                                GroupAddress.parse(it)
                                        .orElseThrow(
                                                () -> wrong("follows what is no group: " + it))),
                Optional.ofNullable(row.getString("backups"))
                        .map(it -> BackupsJson.read(JsonText.tree(it))));
    }

    private List<RecordedServer> servers(long group) {
        return handle.createQuery(
                        """
                        SELECT *
                          FROM server
                         WHERE group_id = :group
                         ORDER BY position, id\
                        """)
                .bind("group", group)
                .map((row, _) -> server(row, ""))
                .list();
    }

    private long id(GroupName group) {
        return find(group).orElseThrow(() -> wrong("holds no " + group));
    }

    private Optional<Long> find(GroupName group) {
        return handle.createQuery(
                        """
                        SELECT id
                          FROM server_group
                         WHERE application = :application AND engine = :engine AND name = :name\
                        """)
                .bind("application", application.toString())
                .bind("engine", group.engine().word())
                .bind("name", group.name())
                .mapTo(Long.class)
                .findOne();
    }

    StateException wrong(String how) {
        return new StateException(
                "the record of %s %s; nothing was written. Compare it with what runs: assent status %s"
                        .formatted(application, how, application));
    }
}
