package dev.assent.variables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.variables.VariableChange.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VariableChangeTest {

    @Test
    void what_was_added_removed_and_changed_is_told_by_name_and_what_stayed_is_not() {
        var changes =
                VariableChange.between(
                        new TreeMap<>(Map.of("A_PORT", "1", "B_PORT", "2", "C_PORT", "3")),
                        new TreeMap<>(Map.of("B_PORT", "2", "C_PORT", "4", "D_PORT", "5")));

        assertThat(changes)
                .containsExactly(
                        change("A_PORT", Kind.REMOVED, Optional.of("1"), Optional.empty()),
                        change("C_PORT", Kind.CHANGED, Optional.of("3"), Optional.of("4")),
                        change("D_PORT", Kind.ADDED, Optional.empty(), Optional.of("5")));
    }

    @Test
    void no_password_is_in_a_change_neither_on_its_own_nor_in_a_url() {
        var changes =
                VariableChange.between(
                        new TreeMap<>(
                                Map.of(
                                        "MYSQL_PASSWORD",
                                        "canary",
                                        "MYSQL_URL",
                                        "mysql://u:canary@h:1/d",
                                        "REDIS_URL",
                                        "redis://:canary@h:1/0")),
                        new TreeMap<>(
                                Map.of(
                                        "MYSQL_PASSWORD",
                                        "canary2",
                                        "MYSQL_URL",
                                        "mysql://h:1/d",
                                        "MEMCACHED_URL",
                                        "memcached://h:1")));

        assertThat(changes.toString()).doesNotContain("canary");
        assertThat(changes)
                .filteredOn(it -> !it.secret())
                .extracting(VariableChange::name)
                .containsExactly("MEMCACHED_URL");
        assertThat(changes).hasSize(4);
    }

    private static VariableChange change(
            String name, Kind kind, Optional<String> before, Optional<String> after) {
        return new VariableChange(name, kind, false, before, after);
    }
}
