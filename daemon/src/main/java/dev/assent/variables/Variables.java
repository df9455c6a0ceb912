package dev.assent.variables;

import dev.assent.model.Endpoint;
import dev.assent.model.Engine;
import dev.assent.model.GroupCredentials;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Secret;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The environment variables of an application: of each group under its own name, and of each
/// engine's primary group at root level too. Group variables never change their meaning; the root
/// level follows the primary group. They hold passwords.
public final class Variables {

    private static final Pattern PASSWORD_IN_URL = Pattern.compile("[a-z]+://[^/@]*:[^/@]*@.*");

    private Variables() {}

    /// Works them out from the record alone.
    ///
    /// @param credentials the credentials of each recorded group
    public static SortedMap<String, String> of(
            Recorded recorded, Function<GroupName, GroupCredentials> credentials) {
        return of(recorded, credentials, ExternalGroups.NONE.told());
    }

    /// Works them out from the record and from what was told of external groups.
    ///
    /// @param credentials the credentials of each recorded group
    public static SortedMap<String, String> of(
            Recorded recorded,
            Function<GroupName, GroupCredentials> credentials,
            Collection<ExternalGroup> externals) {
        var variables = new TreeMap<String, String>();
        var led = EnumSet.noneOf(Engine.class);
        for (var group : recorded.groups()) {
            put(variables, group.name(), group.primary(), values(group, credentials));
            if (group.primary()) led.add(group.name().engine());
        }
        for (var group : externals) {
            var primary = group.leads() && !led.contains(group.name().engine());
            var told = new TreeMap<String, String>();
            put(told, group.name(), primary, values(group));
            // What was built keeps its variables whatever is told of others.
            told.forEach(variables::putIfAbsent);
        }
        return variables;
    }

    /// Whether a value must not be shown to everybody.
    public static boolean isSecret(String name, String value) {
        return name.endsWith("_PASSWORD") || PASSWORD_IN_URL.matcher(value).matches();
    }

    private static void put(
            Map<String, String> variables,
            GroupName group,
            boolean primary,
            Map<String, String> values) {
        var prefix = group.engine().prefix() + "_";
        values.forEach((suffix, value) ->
                variables.put(prefix + group.variablePart() + "_" + suffix, value));
        if (primary) values.forEach((suffix, value) -> variables.put(prefix + suffix, value));
    }

    private static Map<String, String> values(
            RecordedGroup group, Function<GroupName, GroupCredentials> credentials) {
        var engine = group.name().engine();
        var endpoint = group.primaryServer().endpoint();
        var own = credentials.apply(group.name());
        var values =
                values(
                        engine,
                        endpoint,
                        Optional.of(own.username()).filter(_ -> engine.hasUsers()),
                        Optional.of(own.database()).filter(_ -> engine.hasUsers()),
                        Optional.of(own.password()).filter(_ -> engine.hasPassword()));
        var replicas =
                group.servers().stream()
                        .skip(1)
                        .map(it -> address(it.endpoint(), endpoint.port()))
                        .collect(Collectors.joining(","));
        if (!replicas.isEmpty()) values.put("REPLICA_ADDRESS", replicas);
        return values;
    }

    private static Map<String, String> values(ExternalGroup group) {
        return values(
                group.name().engine(),
                group.endpoint(),
                group.username(),
                group.database(),
                group.password());
    }

    private static Map<String, String> values(
            Engine engine,
            Endpoint endpoint,
            Optional<String> username,
            Optional<String> database,
            Optional<Secret> password) {
        var values = new LinkedHashMap<String, String>();
        values.put("ADDRESS", endpoint.host());
        values.put("ADDRESS_INT", endpoint.host());
        values.put("ADDRESS_EXT", endpoint.host());
        values.put("PORT", Integer.toString(endpoint.port()));
        values.put("URL", url(engine, endpoint, username, database, password));
        username.ifPresent(it -> values.put("USERNAME", it));
        database.ifPresent(it -> values.put("DATABASE", it));
        password.ifPresent(it -> values.put("PASSWORD", it.reveal()));
        return values;
    }

    /// A replica that listens on another port than the primary server (all servers on one machine)
    /// can't be found by its address alone.
    private static String address(Endpoint replica, int primaryPort) {
        return replica.port() == primaryPort ? replica.host() : UrlText.authority(replica);
    }

    private static String url(
            Engine engine,
            Endpoint endpoint,
            Optional<String> username,
            Optional<String> database,
            Optional<Secret> password) {
        var secret = password.map(it -> ":" + UrlText.encoded(it.reveal())).orElse("");
        var login = username.map(UrlText::encoded).orElse("") + secret;
        var authority = (login.isEmpty() ? "" : login + "@") + UrlText.authority(endpoint);
        var path = database.map(it -> "/" + UrlText.encoded(it)).orElse("");
        return switch (engine) {
            case MYSQL -> "mysql://" + authority + path;
            case POSTGRESQL -> "postgresql://" + authority + path;
            case MONGODB -> "mongodb://" + authority + path;
            case REDIS -> "redis://" + authority + "/0";
            case INFLUXDB, ELASTICSEARCH -> "http://" + UrlText.authority(endpoint);
            case MEMCACHED -> "memcached://" + UrlText.authority(endpoint);
        };
    }
}
