package dev.assent.variables;

import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NetworkNamesTest {

    @Test
    void a_group_answers_to_its_engine_and_name_and_the_primary_group_to_its_engine_alone() {
        var variables =
                Variables.of(
                        recorded(
                                1,
                                existing("mysql/main").primary().servers("a", "b"),
                                existing("mysql/spare"),
                                existing("redis/My_Cache")),
                        VariablesTest::credentials,
                        List.of(
                                VariablesTest.external("mysql/far", "db.example.org", 3306)
                                        .group()));

        assertThat(NetworkNames.of(variables))
                .isEqualTo(
                        Map.of(
                                "mysql", "127.0.0.1",
                                "mysql-main", "127.0.0.1",
                                "mysql-spare", "127.0.0.1",
                                "mysql-far", "db.example.org",
                                "redis-my-cache", "127.0.0.1"));
    }

    @Test
    void addresses_of_replicas_are_no_services_but_a_group_called_like_them_is_one() {
        var variables =
                Variables.of(
                        recorded(
                                1,
                                existing("mysql/main").servers("a", "b"),
                                existing("mysql/old_replica")),
                        VariablesTest::credentials);

        assertThat(NetworkNames.of(variables)).containsOnlyKeys("mysql-main", "mysql-old-replica");
        assertThat(NetworkNames.of(new TreeMap<>())).isEmpty();
    }
}
