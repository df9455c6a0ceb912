package dev.assent.manifest;

import static dev.assent.manifest.Manifests.codes;
import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.Engine;
import dev.assent.model.GroupCredentials;
import dev.assent.model.GroupName;
import dev.assent.model.Secret;
import dev.assent.variables.NetworkNames;
import dev.assent.variables.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the check of names says is what the variables themselves do.
class VariableNamesTest {

    private static final List<String> NAMES =
            List.of(
                    "main",
                    "MAIN",
                    "ma-in",
                    "ma_in",
                    "main_replica",
                    "main-replica",
                    "replica",
                    "Replica",
                    "replica_replica",
                    "address",
                    "address_int",
                    "int",
                    "ext",
                    "port",
                    "url",
                    "password",
                    "main_address",
                    "main_address_int",
                    "replica_address",
                    "é",
                    "è",
                    "_",
                    "1");

    @ParameterizedTest
    @EnumSource(Engine.class)
    void names_are_refused_where_two_groups_would_write_one_variable_and_nowhere_else(
            Engine engine) {
        for (var one : NAMES) {
            if (!GroupName.isName(one)) continue;
            for (var other : NAMES) {
                if (one.equals(other) || !GroupName.isName(other)) continue;
                var first = variables(engine, one);
                var second = variables(engine, other);
                var root = new TreeSet<>(suffixes(engine));
                var clash =
                        second.keySet().stream().anyMatch(first.keySet()::contains)
                                || first.keySet().stream().anyMatch(root::contains)
                                || second.keySet().stream().anyMatch(root::contains);

                var manifest = "%s: {groups: {\"%s\": , \"%s\": }}".formatted(engine, one, other);

                assertThat(
                                codes(manifest).stream()
                                        .anyMatch(it ->
                                                it == Code.COLLIDING_VARIABLES
                                                        || it == Code.SHADOWED_VARIABLE))
                        .as(manifest)
                        .isEqualTo(clash);
            }
        }
    }

    @Test
    void service_names_collide_only_where_variables_do() {
        for (var one : NAMES) {
            for (var other : NAMES) {
                if (!GroupName.isName(one)) continue;
                if (!GroupName.isName(other)) continue;
                var first = variables(Engine.MYSQL, one);
                var second = variables(Engine.MYSQL, other);

                var sameService = NetworkNames.of(first).equals(NetworkNames.of(second));

                assertThat(sameService)
                        .as(one + " and " + other)
                        .isEqualTo(first.keySet().equals(second.keySet()));
            }
        }
    }

    private static List<String> suffixes(Engine engine) {
        var root = new ArrayList<String>();
        engine.variables().forEach(it -> root.add(engine.prefix() + "_" + it));
        root.add(engine.prefix() + "_REPLICA_ADDRESS");
        return root;
    }

    /// Those of one group with a replica, which is not primary.
    private static SortedMap<String, String> variables(Engine engine, String name) {
        return Variables.of(
                recorded(1, existing(engine.word() + "/" + name).servers("a", "b")),
                _ ->
                        new GroupCredentials(
                                Secret.of("a"), "u", "d", Secret.of("p"), Secret.of("r")));
    }
}
