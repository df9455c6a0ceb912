package dev.assent.state;

import static dev.assent.state.Room.BLOG;
import static dev.assent.state.Room.MAIN;
import static dev.assent.state.Room.SHOP;
import static dev.assent.state.Room.SPARE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

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
    void credentials_are_made_once_and_stay() {
        assertThat(room.store().credentials().get(SHOP, MAIN)).isEmpty();

        var made = room.store().credentials().getOrCreate(SHOP, MAIN);
        room.reopen();

        assertThat(room.store().credentials().getOrCreate(SHOP, MAIN)).isEqualTo(made);
        assertThat(room.store().credentials().get(SHOP, MAIN)).contains(made);
        assertThat(made.username()).isEqualTo("shop_main");
        assertThat(made.database()).isEqualTo("shop_main");
        assertThat(List.of(made.admin(), made.password(), made.replication()))
                .doesNotHaveDuplicates()
                .allSatisfy(it -> assertThat(it.reveal()).hasSize(32));
    }

    @Test
    void of_many_who_ask_at_once_all_get_the_same_credentials() throws Exception {
        var made = Together.all(8, _ -> room.store().credentials().getOrCreate(SHOP, MAIN));

        assertThat(made).hasSize(8).containsOnly(made.getFirst());
    }

    @Test
    @Tag("sqlite")
    void no_password_stands_in_any_file_beside_the_key() throws IOException {
        var made = room.store().credentials().getOrCreate(SHOP, MAIN);
        var values = new TreeMap<String, String>();
        values.put("POSTGRESQL_PASSWORD", made.password().reveal());
        values.put("POSTGRESQL_URL", "postgres://shop:canary-in-a-url@127.0.0.1/shop");
        room.store().redeploys().redeployed(SHOP, values, "ada");
        var secrets =
                List.of(
                        made.admin().reveal(),
                        made.password().reveal(),
                        made.replication().reveal(),
                        "canary-in-a-url");

        assertThat(everything()).contains("POSTGRESQL_PASSWORD POSTGRESQL_URL", "shop_main");
        assertThat(everything()).doesNotContain(secrets);
        room.close();
        assertThat(everything()).doesNotContain(secrets);
    }

    /// All that lies in the folder, the write-ahead log included.
    private String everything() throws IOException {
        var all = new StringBuilder();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    @Test
    void a_password_moved_to_another_group_application_or_column_does_not_open()
            throws SQLException {
        for (var swap :
                List.of(
                        "UPDATE credential SET password = (SELECT password FROM credential WHERE group_name = 'spare') WHERE group_name = 'main'",
                        "UPDATE credential SET password = (SELECT password FROM credential WHERE application = 'blog/production') WHERE group_name = 'main'",
                        "UPDATE credential SET password = admin",
                        "UPDATE credential SET password = (SELECT sealed FROM key_check)")) {
            room.directly("DELETE FROM credential");
            room.store().credentials().getOrCreate(SHOP, MAIN);
            room.store().credentials().getOrCreate(SHOP, SPARE);
            room.store().credentials().getOrCreate(BLOG, MAIN);
            room.directly(swap);

            assertThatThrownBy(() -> room.store().credentials().get(SHOP, MAIN))
                    .as(swap)
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining(
                            "cannot decrypt credential/shop/production/postgresql/main/password");
        }
    }

    @Test
    void bytes_that_were_never_sealed_do_not_open() throws SQLException {
        room.store().credentials().getOrCreate(SHOP, MAIN);
        for (var bytes : List.of(new byte[40], new byte[] {1}, new byte[0])) {
            try (var connection = room.connect();
                    var update =
                            connection.prepareStatement("UPDATE credential SET password = ?")) {
                update.setBytes(1, bytes);
                update.executeUpdate();
            }

            assertThatThrownBy(() -> room.store().credentials().get(SHOP, MAIN))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("cannot decrypt credential/shop/production");
        }
    }

    @Test
    void the_same_text_is_never_sealed_to_the_same_bytes() throws SQLException {
        var sealed = new ArrayList<String>();
        for (var i = 0; i < 3; i++) {
            room.store().redeploys().redeployed(SHOP, new TreeMap<>(), "ada");
            try (var connection = room.connect();
                    var statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT variables FROM in_force")) {
                row.next();
                sealed.add(HexFormat.of().formatHex(row.getBytes(1)));
            }
        }

        assertThat(sealed).doesNotHaveDuplicates();
    }

    @Test
    void variables_in_force_are_those_of_the_last_redeploy_and_audited_by_name() {
        assertThat(room.store().redeploys().inForce(SHOP)).isEmpty();
        var first = new TreeMap<String, String>();
        first.put("A", "1");
        room.store().redeploys().redeployed(SHOP, first, "ada");
        var second = new TreeMap<String, String>();
        second.put("B", "zwei \u2013 \"2\"");
        second.put("C", "");

        var written = room.store().redeploys().redeployed(SHOP, second, "bob");

        room.reopen();
        assertThat(room.store().redeploys().inForce(SHOP)).contains(written);
        assertThat(written.values()).isEqualTo(second);
        assertThat(written.at()).isEqualTo(room.time().instant());
        assertThat(room.store().redeploys().inForce(BLOG)).isEmpty();
        assertThat(room.store().audit().newest(Optional.of(SHOP), 1).getFirst())
                .satisfies(it -> {
                    assertThat(it.who()).isEqualTo("bob");
                    assertThat(it.what()).isEqualTo("variables.redeployed");
                    assertThat(it.detail()).isEqualTo("B C");
                });
    }

    @Test
    void variables_of_another_application_do_not_open() throws SQLException {
        room.store().redeploys().redeployed(SHOP, new TreeMap<>(), "ada");
        room.directly("UPDATE in_force SET application = 'blog/production'");

        assertThatThrownBy(() -> room.store().redeploys().inForce(BLOG))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("cannot decrypt in_force/blog/production");
    }
}
