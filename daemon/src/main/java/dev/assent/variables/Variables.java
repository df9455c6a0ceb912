package dev.assent.variables;

import dev.assent.model.Endpoint;
import dev.assent.model.Engine;
import dev.assent.model.GroupCredentials;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.RecordedGroup;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The environment variables of an application: of each group under its own name, and of each
/// engine's primary group at root level too. Group variables never change their meaning; the root
/// level follows the primary group. They hold passwords.
public final class Variables {

    private Variables() {}

    /// Works them out from the record.
    ///
    /// @param credentials the credentials of each recorded group
    public static SortedMap<String, String> of(
            Recorded recorded, Function<GroupName, GroupCredentials> credentials) {
        var variables = new TreeMap<String, String>();
        for (var group : recorded.groups()) {
            var prefix = group.name().engine().prefix() + "_";
            var values = values(group, credentials.apply(group.name()));
            values.forEach((suffix, value) ->
                    variables.put(prefix + group.name().variablePart() + "_" + suffix, value));
            if (group.primary()) values.forEach((suffix, it) -> variables.put(prefix + suffix, it));
        }
        return variables;
    }

    private static Map<String, String> values(RecordedGroup group, GroupCredentials credentials) {
        var engine = group.name().engine();
        var endpoint = group.primaryServer().endpoint();
        var values = new LinkedHashMap<String, String>();
        values.put("ADDRESS", endpoint.host());
        values.put("ADDRESS_INT", endpoint.host());
        values.put("ADDRESS_EXT", endpoint.host());
        values.put("PORT", Integer.toString(endpoint.port()));
        values.put("URL", url(engine, endpoint, credentials));
        if (engine.hasUsers()) {
            values.put("USERNAME", credentials.username());
            values.put("DATABASE", credentials.database());
        }
        if (engine.hasPassword()) values.put("PASSWORD", credentials.password().reveal());
        var replicas =
                group.servers().stream()
                        .skip(1)
                        .map(it -> address(it.endpoint(), endpoint.port()))
                        .collect(Collectors.joining(","));
        if (!replicas.isEmpty()) values.put("REPLICA_ADDRESS", replicas);
        return values;
    }

    /// A replica that listens on another port than the primary server (all servers on one machine)
    /// can't be found by its address alone.
    private static String address(Endpoint replica, int primaryPort) {
        return replica.port() == primaryPort ? replica.host() : replica.toString();
    }

    private static String url(Engine engine, Endpoint endpoint, GroupCredentials credentials) {
        var password = credentials.password().reveal();
        var login = credentials.username() + ":" + password + "@";
        return switch (engine) {
            case MYSQL -> "mysql://" + login + endpoint + "/" + credentials.database();
            case POSTGRESQL -> "postgresql://" + login + endpoint + "/" + credentials.database();
            case MONGODB -> "mongodb://" + login + endpoint + "/" + credentials.database();
            case REDIS -> "redis://:" + password + "@" + endpoint + "/0";
            case INFLUXDB, ELASTICSEARCH -> "http://" + endpoint;
            case MEMCACHED -> "memcached://" + endpoint;
        };
    }
}
