package dev.assent.variables;

import static dev.assent.plan.Given.declared;
import static dev.assent.plan.Given.desired;
import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.group;
import static dev.assent.plan.Given.recorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.model.Desired;
import dev.assent.model.Endpoint;
import dev.assent.model.Engine;
import dev.assent.model.GroupCredentials;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.model.Secret;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The rules for environment variables, one by one.
class VariablesTest {

    @ParameterizedTest
    @EnumSource(Engine.class)
    void a_group_gets_what_its_engine_has_and_nothing_else(Engine engine) {
        var expected = new TreeSet<String>();
        for (var suffix : engine.variables()) {
            expected.add(engine.prefix() + "_" + suffix);
            expected.add(engine.prefix() + "_MAIN_" + suffix);
        }

        var variables = variables(recorded(1, existing(engine.word() + "/main").primary()));

        assertThat(variables.keySet()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "mysql,         'mysql://main_user:main-password@127.0.0.1:20000/main_db'",
        "postgresql,    'postgresql://main_user:main-password@127.0.0.1:20000/main_db'",
        "mongodb,       'mongodb://main_user:main-password@127.0.0.1:20000/main_db'",
        "redis,         'redis://:main-password@127.0.0.1:20000/0'",
        "influxdb,      'http://127.0.0.1:20000'",
        "elasticsearch, 'http://127.0.0.1:20000'",
        "memcached,     'memcached://127.0.0.1:20000'",
    })
    void the_url_of_a_group_says_all_that_a_client_of_its_engine_needs(String engine, String url) {
        var variables = variables(recorded(1, existing(engine + "/main")));

        assertThat(variables)
                .containsEntry(Engine.of(engine).orElseThrow().prefix() + "_MAIN_URL", url);
    }

    @Test
    void a_group_has_its_own_variables_and_the_primary_group_those_of_the_root_level_too() {
        var recorded =
                recorded(2, existing("postgresql/main").primary(), existing("postgresql/spare"));

        var variables = variables(recorded);

        assertThat(variables)
                .containsEntry("POSTGRESQL_MAIN_ADDRESS", "127.0.0.1")
                .containsEntry("POSTGRESQL_MAIN_PORT", "20000")
                .containsEntry("POSTGRESQL_MAIN_USERNAME", "main_user")
                .containsEntry("POSTGRESQL_MAIN_DATABASE", "main_db")
                .containsEntry("POSTGRESQL_MAIN_PASSWORD", "main-password")
                .containsEntry("POSTGRESQL_MAIN_ADDRESS_INT", "127.0.0.1")
                .containsEntry("POSTGRESQL_MAIN_ADDRESS_EXT", "127.0.0.1")
                .containsEntry("POSTGRESQL_PASSWORD", "main-password")
                .containsEntry("POSTGRESQL_SPARE_PASSWORD", "spare-password");
    }

    @Test
    void making_another_group_primary_moves_the_root_level_and_no_variable_of_any_group() {
        var before =
                variables(
                        recorded(
                                2,
                                existing("mysql/main").primary().servers("a", "b"),
                                existing("mysql/spare").servers("c")));
        var after =
                variables(
                        recorded(
                                3,
                                existing("mysql/main").servers("a", "b"),
                                existing("mysql/spare").primary().servers("c")));

        assertThat(ofGroups(after)).isEqualTo(ofGroups(before)).isNotEmpty();
        assertThat(before)
                .containsEntry("MYSQL_URL", before.get("MYSQL_MAIN_URL"))
                .containsEntry("MYSQL_REPLICA_ADDRESS", "127.0.0.1:20001");
        assertThat(after)
                .containsEntry("MYSQL_URL", after.get("MYSQL_SPARE_URL"))
                .doesNotContainKey("MYSQL_REPLICA_ADDRESS");
    }

    private static SortedMap<String, String> ofGroups(SortedMap<String, String> variables) {
        var own = new TreeMap<>(variables);
        own.keySet().removeIf(it -> !it.contains("_MAIN_") && !it.contains("_SPARE_"));
        return own;
    }

    @Test
    void without_a_primary_group_there_is_no_root_level() {
        var variables = variables(recorded(1, existing("postgresql/main")));

        assertThat(variables).doesNotContainKey("POSTGRESQL_ADDRESS");
    }

    @Test
    void characters_that_no_variable_can_have_become_underscores() {
        var variables = variables(recorded(1, existing("postgresql/my-db")));

        assertThat(variables).containsKey("POSTGRESQL_MY_DB_ADDRESS");
    }

    @Test
    void replicas_have_one_variable_their_addresses_separated_by_commas() {
        var variables = variables(recorded(1, existing("postgresql/main").servers("a", "b", "c")));

        assertThat(variables)
                .containsEntry(
                        "POSTGRESQL_MAIN_REPLICA_ADDRESS", "127.0.0.1:20001,127.0.0.1:20002");
        assertThat(variables(recorded(1, existing("postgresql/main"))))
                .doesNotContainKey("POSTGRESQL_MAIN_REPLICA_ADDRESS");
    }

    @Test
    void an_external_group_has_the_same_variables_as_one_that_was_built() {
        var variables =
                withExternals(
                        external("mysql/legacy", "db.example.org", 3307)
                                .user("app")
                                .database("shop")
                                .password("p@ss/w:rd"));

        assertThat(variables)
                .containsEntry("MYSQL_LEGACY_ADDRESS", "db.example.org")
                .containsEntry("MYSQL_LEGACY_ADDRESS_INT", "db.example.org")
                .containsEntry("MYSQL_LEGACY_ADDRESS_EXT", "db.example.org")
                .containsEntry("MYSQL_LEGACY_PORT", "3307")
                .containsEntry("MYSQL_LEGACY_USERNAME", "app")
                .containsEntry("MYSQL_LEGACY_DATABASE", "shop")
                .containsEntry("MYSQL_LEGACY_PASSWORD", "p@ss/w:rd")
                .containsEntry(
                        "MYSQL_LEGACY_URL", "mysql://app:p%40ss%2Fw%3Ard@db.example.org:3307/shop")
                .hasSize(8);
    }

    @Test
    void what_nobody_told_of_an_external_group_has_no_variable() {
        var variables = withExternals(external("postgresql/legacy", "::1", 5432));

        assertThat(variables)
                .containsEntry("POSTGRESQL_LEGACY_URL", "postgresql://[::1]:5432")
                .containsOnlyKeys(
                        "POSTGRESQL_LEGACY_ADDRESS",
                        "POSTGRESQL_LEGACY_ADDRESS_EXT",
                        "POSTGRESQL_LEGACY_ADDRESS_INT",
                        "POSTGRESQL_LEGACY_PORT",
                        "POSTGRESQL_LEGACY_URL");
    }

    @Test
    void the_root_level_points_to_the_first_external_group_where_no_built_one_is_primary() {
        var first = external("mysql/one", "one.example.org", 3306).leading();
        var second = external("mysql/two", "two.example.org", 3306);

        assertThat(withExternals(second, first)).containsEntry("MYSQL_ADDRESS", "one.example.org");
        assertThat(withExternals(second)).doesNotContainKey("MYSQL_ADDRESS");
        assertThat(
                        Variables.of(
                                recorded(1, existing("mysql/main").primary()),
                                VariablesTest::credentials,
                                List.of(first.group())))
                .containsEntry("MYSQL_ADDRESS", "127.0.0.1")
                .containsEntry("MYSQL_ONE_ADDRESS", "one.example.org");
    }

    @Test
    void external_groups_count_that_are_declared_so_and_the_rest_is_named() {
        var told =
                List.of(
                        external("mysql/two", "two.example.org", 3306).group(),
                        external("mysql/gone", "gone.example.org", 3306).group(),
                        external("mysql/built", "built.example.org", 3306).group());
        var declared =
                desired(
                        declared("mysql/one").external(),
                        declared("mysql/two").external(),
                        declared("mysql/built").external(),
                        declared("mysql/inside").servers("x"));

        var externals = ExternalGroups.of(Optional.of(declared), built("mysql/built"), told);

        assertThat(externals.told())
                .extracting(it -> it.name().toString())
                .containsExactly("mysql/two");
        assertThat(externals.untold()).containsExactly(group("mysql/one"));
        // One that is told later moves no variable of the root level.
        assertThat(externals.told().getFirst().leads()).isFalse();
    }

    @Test
    void while_no_manifest_can_be_read_external_groups_keep_their_variables() {
        var told = List.of(external("mysql/one", "one.example.org", 3306).leading().group());

        var externals =
                ExternalGroups.of(Optional.<Desired>empty(), built("postgresql/main"), told);

        assertThat(externals.told()).isEqualTo(told);
        assertThat(externals.untold()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "mysql/a,     'http://x',     ,      ,     , no host name",
        "mysql/a,     'a b',          ,      ,     , no host name",
        "mysql/a,     'x:3306/y',     ,      ,     , no host name",
        "redis/a,     x,              u,     ,     , redis knows no users",
        "memcached/a, x,              ,      d,    , memcached knows no databases",
        "memcached/a, x,              ,      ,    p, memcached asks for no password",
        "mysql/a,     x,              '',    ,     , the user is empty",
        "mysql/a,     x,              'a\tb',,     , the user is empty",
        "mysql/a,     x,              ,      ,   '', the password is empty",
        "mysql/a,     x,              ,      , 'secret\tsecret', the password is empty",
    })
    void what_cannot_be_told_of_an_external_group_is_refused_without_showing_a_password(
            String name, String host, String user, String database, String password, String says) {
        assertThatThrownBy(() ->
                        new ExternalGroup(
                                group(name),
                                new Endpoint(host, 1),
                                Optional.ofNullable(user),
                                Optional.ofNullable(database),
                                Optional.ofNullable(password).map(Secret::of),
                                false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(says)
                .message()
                .doesNotContain("secret");
    }

    private static Recorded built(String... names) {
        return recorded(
                1,
                Arrays.stream(names)
                        .map(it -> existing(it))
                        .toArray(dev.assent.plan.Given.Existing[]::new));
    }

    private static SortedMap<String, String> withExternals(Told... externals) {
        return Variables.of(
                recorded(0),
                VariablesTest::credentials,
                Arrays.stream(externals).map(Told::group).toList());
    }

    static Told external(String name, String host, int port) {
        return new Told(
                new ExternalGroup(
                        group(name),
                        new Endpoint(host, port),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false));
    }

    /// An external group, word by word.
    record Told(ExternalGroup group) {

        Told user(String user) {
            return with(Optional.of(user), group.database(), group.password(), group.leads());
        }

        Told database(String database) {
            return with(group.username(), Optional.of(database), group.password(), group.leads());
        }

        Told password(String password) {
            return with(
                    group.username(),
                    group.database(),
                    Optional.of(Secret.of(password)),
                    group.leads());
        }

        Told leading() {
            return with(group.username(), group.database(), group.password(), true);
        }

        private Told with(
                Optional<String> user,
                Optional<String> database,
                Optional<Secret> password,
                boolean leads) {
            return new Told(
                    new ExternalGroup(
                            group.name(), group.endpoint(), user, database, password, leads));
        }
    }

    private static SortedMap<String, String> variables(Recorded recorded) {
        return Variables.of(recorded, VariablesTest::credentials);
    }

    static GroupCredentials credentials(GroupName group) {
        return new GroupCredentials(
                Secret.of("admin"),
                group.name() + "_user",
                group.name() + "_db",
                Secret.of(group.name() + "-password"),
                Secret.of("replication"));
    }
}
