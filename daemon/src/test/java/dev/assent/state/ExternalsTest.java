package dev.assent.state;

import static dev.assent.state.Room.BLOG;
import static dev.assent.state.Room.MAIN;
import static dev.assent.state.Room.SHOP;
import static dev.assent.state.Room.SPARE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.model.Endpoint;
import dev.assent.model.GroupName;
import dev.assent.model.Secret;
import dev.assent.variables.ExternalGroup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was told of external groups, and what hooks printed.
class ExternalsTest {

    @TempDir Path folder;

    private Room room;

    @BeforeEach
    void open() {
        room = new Room(folder);
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void what_was_told_of_a_group_stays_until_something_else_is_told() {
        var first = external(MAIN, "one.example.org", Optional.of("canary"), true);
        var second = external(MAIN, "two.example.org", Optional.empty(), true);

        externals().told(SHOP, first, "ada");
        room.reopen();
        assertThat(externals().of(SHOP)).containsExactly(first);
        externals().told(SHOP, second, "bob");

        assertThat(externals().of(SHOP)).containsExactly(second);
        assertThat(externals().of(BLOG)).isEmpty();
    }

    @Test
    void the_trail_names_what_was_told_and_no_file_holds_the_password() throws Exception {
        externals()
                .told(SHOP, external(MAIN, "one.example.org", Optional.of("canary"), true), "ada");

        assertThat(newest().detail()).isEqualTo("postgresql/main address port username password");
        assertThat(newest().who()).isEqualTo("ada");
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("canary");
            }
        }
    }

    @Test
    void of_one_engine_one_group_leads() {
        externals().told(SHOP, external(MAIN, "one.example.org", Optional.empty(), true), "ada");
        externals().told(SHOP, external(SPARE, "two.example.org", Optional.empty(), true), "ada");

        assertThat(externals().of(SHOP))
                .filteredOn(ExternalGroup::leads)
                .extracting(ExternalGroup::name)
                .containsExactly(SPARE);
    }

    @Test
    void what_is_forgotten_is_gone_and_nothing_to_forget_is_said() {
        externals().told(SHOP, external(MAIN, "one.example.org", Optional.empty(), true), "ada");

        assertThat(externals().forgotten(SHOP, SPARE, "ada")).isFalse();
        assertThat(externals().forgotten(SHOP, MAIN, "ada")).isTrue();

        assertThat(externals().of(SHOP)).isEmpty();
        assertThat(newest().what()).isEqualTo("external.forgotten");
    }

    @Test
    void a_password_moved_to_another_group_does_not_open() throws Exception {
        externals()
                .told(SHOP, external(MAIN, "one.example.org", Optional.of("canary"), true), "ada");
        room.directly("UPDATE external_group SET group_name = 'spare'");

        assertThatThrownBy(() -> externals().of(SHOP))
                .isInstanceOf(StateException.class)
                .hasMessageContaining(
                        "cannot decrypt external_group/shop/production/postgresql/spare");
    }

    @Test
    void what_a_hook_printed_is_found_at_the_entry_that_tells_of_its_redeploy() {
        var well = new HookRun(List.of("true"), true, "ended well", "fine\n");
        var badly = new HookRun(List.of("false", "x"), false, "ended with code 1", "no\n");

        room.store().redeploys().redeployed(SHOP, new TreeMap<>(), "ada", Optional.of(well));
        var first = newest();
        room.store()
                .redeploys()
                .failed(SHOP, "`false x` ended with code 1", "ada", Optional.of(badly));
        var second = newest();
        room.store().redeploys().failed(SHOP, "no such folder", "ada", Optional.empty());

        assertThat(room.store().redeploys().hook(first)).contains(well);
        assertThat(room.store().redeploys().hook(second)).contains(badly);
        assertThat(room.store().redeploys().hook(newest())).isEmpty();
        assertThat(second.what()).isEqualTo("variables.redeploy-failed");
    }

    @Test
    void of_each_application_the_newest_runs_are_kept() throws Exception {
        var run = new HookRun(List.of("true"), true, "ended well", "");
        room.store().redeploys().failed(BLOG, "x", "ada", Optional.of(run));
        for (var i = 0; i < 60; i++) {
            room.store().redeploys().failed(SHOP, "x", "ada", Optional.of(run));
        }

        assertThat(room.store().audit().newest(Optional.of(SHOP), 100))
                .filteredOn(it -> room.store().redeploys().hook(it).isPresent())
                .hasSize(50);
        assertThat(room.store().audit().newest(Optional.of(BLOG), 100))
                .allMatch(it -> room.store().redeploys().hook(it).isPresent());
    }

    private Externals externals() {
        return room.store().externals();
    }

    private AuditEntry newest() {
        return room.store().audit().newest(Optional.of(SHOP), 1).getFirst();
    }

    private static ExternalGroup external(
            GroupName name, String host, Optional<String> password, boolean leads) {
        return new ExternalGroup(
                name,
                new Endpoint(host, 5432),
                Optional.of("app"),
                Optional.empty(),
                password.map(Secret::of),
                leads);
    }
}
