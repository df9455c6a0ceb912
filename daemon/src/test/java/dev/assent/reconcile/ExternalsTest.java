package dev.assent.reconcile;

import static dev.assent.reconcile.DeclaredRoom.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.Endpoint;
import dev.assent.model.GroupName;
import dev.assent.variables.ExternalGroup;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalsTest {

    @TempDir Path folder;

    private DeclaredRoom room;
    private Externals externals;

    @BeforeEach
    void open() throws Exception {
        room = new DeclaredRoom(folder);
        externals = new Externals(room.store(), room.declarations());
        room.declare(
                """
                mysql:
                  groups:
                    one: {configuration: {engine: mysql, version: "8.0"}, servers: [{server: external}]}
                    two: {configuration: {engine: mysql, version: "8.0"}, servers: [{server: external}]}
                postgresql:
                  configuration: {version: "17"}
                  servers:
                  - server: {unique_name: shop-main}
                """);
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void of_a_group_that_is_declared_external_anything_can_be_told() {
        assertThat(tell("mysql/two")).isEmpty();
        assertThat(tell("mysql/one")).isEmpty();

        assertThat(room.store().externals().of(SHOP))
                .filteredOn(ExternalGroup::leads)
                .extracting(it -> it.name().toString())
                .containsExactly("mysql/one");
    }

    @Test
    void of_a_group_that_assent_builds_nothing_can_be_told_and_its_place_is_said() {
        assertThat(tell("postgresql/default").orElseThrow())
                .startsWith("apps/shop/manifest.yml:5:")
                .contains("as a group that Assent builds", "`server: external`");
        assertThat(room.store().externals().of(SHOP)).isEmpty();
    }

    @Test
    void of_a_group_that_no_manifest_declares_nothing_can_be_told() {
        assertThat(tell("redis/cache").orElseThrow())
                .isEqualTo(
                        "apps/shop/manifest.yml declares no group redis/cache; declare it there with `server: external` first");
    }

    @Test
    void while_the_manifest_is_broken_nothing_can_be_told() throws Exception {
        room.declare("mysql:\n\tgroups:\n");

        assertThat(tell("mysql/one").orElseThrow())
                .contains("no manifest of shop/production can be read now", "assent status");
    }

    @Test
    void what_nobody_told_cannot_be_forgotten() {
        tell("mysql/one");

        assertThat(externals.forget(SHOP, group("mysql/two"), "ada").orElseThrow())
                .contains("nothing to forget");
        assertThat(externals.forget(SHOP, group("mysql/one"), "ada")).isEmpty();
        assertThat(room.store().externals().of(SHOP)).isEmpty();
    }

    private Optional<String> tell(String name) {
        return externals.tell(
                SHOP,
                new ExternalGroup(
                        group(name),
                        new Endpoint("db.example.org", 3306),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false),
                "ada");
    }

    private static GroupName group(String name) {
        return GroupName.parse(name).orElseThrow();
    }
}
