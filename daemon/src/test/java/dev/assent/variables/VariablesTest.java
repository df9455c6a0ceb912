package dev.assent.variables;

import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.GroupCredentials;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.model.Secret;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class VariablesTest {

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
                .containsEntry(
                        "POSTGRESQL_MAIN_URL",
                        "postgresql://main_user:main-password@127.0.0.1:20000/main_db")
                .containsEntry("POSTGRESQL_PASSWORD", "main-password")
                .containsEntry("POSTGRESQL_SPARE_PASSWORD", "spare-password");
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
    void replicas_on_the_same_machine_are_told_apart_by_their_ports() {
        var variables = variables(recorded(1, existing("postgresql/main").servers("a", "b", "c")));

        assertThat(variables)
                .containsEntry(
                        "POSTGRESQL_MAIN_REPLICA_ADDRESS", "127.0.0.1:20001,127.0.0.1:20002");
    }

    @Test
    void what_an_engine_does_not_have_it_does_not_get() {
        var variables =
                variables(recorded(1, existing("memcached/cache"), existing("redis/queue")));

        assertThat(variables)
                .doesNotContainKeys(
                        "MEMCACHED_CACHE_PASSWORD",
                        "MEMCACHED_CACHE_USERNAME",
                        "MEMCACHED_CACHE_DATABASE",
                        "REDIS_QUEUE_USERNAME",
                        "REDIS_QUEUE_DATABASE")
                .containsEntry("REDIS_QUEUE_URL", "redis://:queue-password@127.0.0.1:20000/0");
    }

    private static SortedMap<String, String> variables(Recorded recorded) {
        return Variables.of(recorded, VariablesTest::credentials);
    }

    private static GroupCredentials credentials(GroupName group) {
        return new GroupCredentials(
                Secret.of("admin"),
                group.name() + "_user",
                group.name() + "_db",
                Secret.of(group.name() + "-password"),
                Secret.of("replication"));
    }
}
